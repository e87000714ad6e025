import type { Mesh as MeshResource } from "../../../.gen/appmesh.k8s.aws/v1beta2/mesh";
import type { VirtualNode, VirtualNodeSpec } from "../../../.gen/appmesh.k8s.aws/v1beta2/virtual-node";
import type { VirtualRouter, VirtualRouterSpec } from "../../../.gen/appmesh.k8s.aws/v1beta2/virtual-router";
import type { VirtualService } from "../../../.gen/appmesh.k8s.aws/v1beta2/virtual-service";
import { assertNever } from "../../schema/assert-never";
import { workloadLabels } from "../../workloads/labels";
import { httpHealthCheck } from "../../workloads/probes";
import type { Workload } from "../../workloads/schema";
import { workloadServiceName } from "../../workloads/service";
import { type Member, workloadOf } from "../members";
import type { Mesh, MeshService } from "../schema";
import { meshLabels } from "./additions";

type Workloads = Readonly<Record<string, Workload>>;
type Listener = NonNullable<VirtualNodeSpec["listeners"]>[number];
type Route = NonNullable<VirtualRouterSpec["routes"]>[number];

const apiVersion = "appmesh.k8s.aws/v1beta2";

/** Name of a Service as pods resolve it. */
export function clusterName(service: string, namespace: string): string {
  return `${service}.${namespace}.svc.cluster.local`;
}

/** The mesh itself. It selects its namespace by a label that the namespace gets from it. */
export function meshResource(mesh: Mesh): MeshResource {
  return {
    apiVersion,
    kind: "Mesh",
    metadata: { name: mesh.name },
    spec: {
      egressFilter: { type: mesh.egress ?? "DROP_ALL" },
      namespaceSelector: { matchLabels: meshLabels(mesh) },
    },
  };
}

/** How the Envoys of callers find out whether a member is well; undefined where its pods are ready without a probe. */
function healthCheck(workload: Workload): Listener["healthCheck"] | undefined {
  if (workload.probes.readiness.kind === "none") return undefined;
  const http = httpHealthCheck(workload);
  const timing = { healthyThreshold: 2, unhealthyThreshold: 3, intervalMillis: 5000, timeoutMillis: 2000 };
  // App Mesh checks the listener's own port, and no other.
  return http?.port === workload.port
    ? { ...timing, protocol: "http", path: http.path, port: workload.port }
    : { ...timing, protocol: "tcp", port: workload.port };
}

/** A member: the pods of one workload, found by DNS through its Service. */
export function virtualNode(member: Member, mesh: Mesh, workloads: Workloads): VirtualNode {
  const workload = workloadOf(workloads, member.workload);
  const check = healthCheck(workload);
  return {
    apiVersion,
    kind: "VirtualNode",
    metadata: { name: member.node, namespace: mesh.namespace },
    spec: {
      podSelector: { matchLabels: { ...workloadLabels(member.workload, workload) } },
      listeners: [
        {
          portMapping: { port: workload.port, protocol: member.protocol },
          ...(check === undefined ? {} : { healthCheck: check }),
        },
      ],
      serviceDiscovery: {
        dns: { hostname: clusterName(workloadServiceName({ name: member.workload, workload }), mesh.namespace) },
      },
      ...(member.backends.length === 0
        ? {}
        : { backends: member.backends.map((name) => ({ virtualService: { virtualServiceRef: { name } } })) }),
    },
  };
}

function route(service: MeshService): Route {
  const action = {
    weightedTargets: service.versions.map(({ node, weight }) => ({ virtualNodeRef: { name: node }, weight })),
  };
  switch (service.protocol) {
    case "http":
      return { name: service.route, httpRoute: { match: { prefix: "/" }, action } };
    case "http2":
      return { name: service.route, http2Route: { match: { prefix: "/" }, action } };
    case "grpc":
      return { name: service.route, grpcRoute: { match: {}, action } };
    case "tcp":
      return { name: service.route, tcpRoute: { action } };
    default:
      return assertNever("protocol of a mesh service", service.protocol);
  }
}

/** Shares the requests of a service among its versions. */
export function virtualRouter(service: MeshService, mesh: Mesh): VirtualRouter {
  return {
    apiVersion,
    kind: "VirtualRouter",
    metadata: { name: service.router, namespace: mesh.namespace },
    spec: {
      listeners: [{ portMapping: { port: service.port, protocol: service.protocol } }],
      routes: [route(service)],
    },
  };
}

/** The name that callers use, and the router behind it. */
export function virtualService(name: string, service: MeshService, mesh: Mesh): VirtualService {
  return {
    apiVersion,
    kind: "VirtualService",
    metadata: { name, namespace: mesh.namespace },
    spec: {
      // The host that callers write; the controller's own choice would be one that no DNS knows.
      awsName: clusterName(name, mesh.namespace),
      provider: { virtualRouter: { virtualRouterRef: { name: service.router } } },
    },
  };
}
