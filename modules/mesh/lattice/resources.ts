import type { TargetGroupPolicy } from "../../../.gen/application-networking.k8s.aws/v1alpha1/target-group-policy";
import type { Gateway } from "../../../.gen/gateway.networking.k8s.io/v1/gateway";
import type { HTTPRoute } from "../../../.gen/gateway.networking.k8s.io/v1/http-route";
import { latticeGatewayClass } from "../../controllers/lattice";
import { httpHealthCheck } from "../../workloads/probes";
import type { Workload } from "../../workloads/schema";
import { workloadServiceName } from "../../workloads/service";
import { workloadOf } from "../members";
import type { Mesh, MeshService } from "../schema";

type Workloads = Readonly<Record<string, Workload>>;

const listenerName = ({ port, tls }: Pick<MeshService, "port" | "tls">) => `${tls ? "https" : "http"}-${port}`;

/** Stands for the service network of its name; a listener for each port that a service has. */
export function gatewayResource(mesh: Mesh): Gateway {
  const byName = new Map(Object.values(mesh.services).map((service) => [listenerName(service), service]));
  const listening = [...byName].sort(([, one], [, other]) => one.port - other.port);
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name: mesh.name, namespace: mesh.namespace },
    spec: {
      gatewayClassName: latticeGatewayClass,
      listeners: listening.map(([name, { port, tls }]) => ({
        name,
        port,
        protocol: tls ? "HTTPS" : "HTTP",
        // The API server asks for a certificate; Lattice has one of its own.
        ...(tls ? { tls: { mode: "Terminate" as const, certificateRefs: [{ name: "unused" }] } } : {}),
        allowedRoutes: { namespaces: { from: "Same" } },
      })),
    },
  };
}

/** Name of a mesh's service in VPC Lattice, one in an account and region. */
export function latticeServiceName(mesh: Pick<Mesh, "name">, service: string): string {
  return `${mesh.name}-${service}`;
}

/** A service of VPC Lattice, which shares the requests among the versions. */
export function httpRoute(name: string, service: MeshService, mesh: Mesh, workloads: Workloads): HTTPRoute {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: {
      name,
      namespace: mesh.namespace,
      // The controller would build a name from the route's, and Lattice takes none that begins with "svc-".
      annotations: { "application-networking.k8s.aws/service-name-override": latticeServiceName(mesh, name) },
    },
    spec: {
      parentRefs: [{ name: mesh.name, sectionName: listenerName(service) }],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: service.versions.map(({ workload: version, weight }) => {
            const workload = workloadOf(workloads, version);
            return {
              kind: "Service",
              name: workloadServiceName({ name: version, workload }),
              port: workload.servicePort,
              weight,
            };
          }),
        },
      ],
    },
  };
}

/**
 * Checks the pods of a version as their readiness probe does. Lattice would otherwise ask for `/`; it knows no checks but
 * those of HTTP, so a version without an HTTP probe is not checked.
 */
export function targetGroupPolicy(version: string, mesh: Mesh, workloads: Workloads): TargetGroupPolicy {
  const workload = workloadOf(workloads, version);
  const check = httpHealthCheck(workload);
  return {
    apiVersion: "application-networking.k8s.aws/v1alpha1",
    kind: "TargetGroupPolicy",
    metadata: { name: version, namespace: mesh.namespace },
    spec: {
      targetRef: { group: "", kind: "Service", name: workloadServiceName({ name: version, workload }) },
      healthCheck:
        check === undefined
          ? { enabled: false }
          : {
              enabled: true,
              protocol: "HTTP",
              protocolVersion: "HTTP1",
              path: check.path,
              ...(check.port === workload.port ? {} : { port: check.port }),
              // What a kubelet takes for well.
              statusMatch: "200-399",
            },
    },
  };
}
