import { z } from "zod";
import { arn, cidr, dnsLabel, path, port } from "../schema/primitives";
import { serviceName } from "../workloads/service-name";

const version = z.strictObject({
  /** Workload that answers; of the mesh's namespace. */
  workload: dnsLabel,
  /** Name of its VirtualNode. Default: the workload's name. */
  node: dnsLabel.optional(),
  /**
   * Share of the requests, among the weights of all versions. App Mesh: all weights of a service together at most 100;
   * Lattice: each at most 999. Default: 1.
   */
  weight: z.number().int().min(0).default(1),
});

const service = z.strictObject({
  /** Port that callers use, and that of the Service of the same name. Default: 80. */
  port: port.default(80),
  /** What versions speak. Lattice carries `http` alone here. Default: `http`. */
  protocol: z.enum(["http", "http2", "grpc", "tcp"]).default("http"),
  /** Name of its VirtualRouter. Default: the service's name. */
  router: dnsLabel.optional(),
  /** Name of its route within the router. Default: the service's name. */
  route: dnsLabel.optional(),
  /** Workloads among which the requests are shared out; at most 10. */
  versions: z.array(version).min(1, "somebody has to answer: a service has one version or more"),
  /** Services of this mesh that its versions call. Default: none. */
  backends: z.array(dnsLabel).default([]),
});

const client = z.strictObject({
  /** Workload that calls and is no version of a service; of the mesh's namespace. */
  workload: dnsLabel,
  /** Services of this mesh that it calls. */
  backends: z.array(dnsLabel).min(1, "a client that calls no service of the mesh is no part of it"),
});

const gatewayRoute = z.strictObject({
  /** Default: the gateway's name, a hyphen and the service's. */
  name: dnsLabel.optional(),
  /** Paths that begin with it are routed. Default: `/`. */
  prefix: path.default("/"),
  /** Service of this mesh that the requests go to. */
  service: dnsLabel,
});

const gateway = z.strictObject({
  /** Name of the entrance and its objects. Default: the mesh's name with `-gateway`. */
  name: serviceName.optional(),
  /** Port of the gateway's own Envoy. Lattice has none and leaves it unused. Default: 8088. */
  port: port.min(1024, "Envoy is not root, so it listens on 1024 or more").default(8088),
  /** Connections that the gateway's Envoy opens at once. Lattice has none and leaves it unused. Default: 1024. */
  maxConnections: z.number().int().min(1).default(1024),
  /** Pods of the gateway's Envoy. Lattice has none and leaves it unused. Default: 2. */
  replicas: z.number().int().min(1).default(2),
  /** Who can reach the load balancer. Default: the VPC alone. */
  exposure: z.enum(["internal", "internet-facing"]).default("internal"),
  /** ACM certificate. With it the load balancer terminates TLS on 443; without it, HTTP on 80. Default: none. */
  certificateArn: arn.optional(),
  /** Networks that may connect. Default: every one that can reach the load balancer. */
  inboundCidrs: z.array(cidr).default([]),
  routes: z.array(gatewayRoute).min(1, "a gateway without a route leads nowhere"),
});

/** All but the kind: one declaration serves both. */
const fields = {
  /** Name of the mesh or service network, one of its name in an account and region. At most 30 characters. */
  name: dnsLabel
    .max(30, "a mesh's name has at most 30 characters, for names of its parts are built from it")
    .default("mesh"),
  /** Where services, clients and gateway live; a namespace of their own. */
  namespace: dnsLabel,
  /**
   * Whether members may call what is no part of the mesh. With Lattice nobody stands between a pod and the network, so
   * `DROP_ALL` is for network policies to enforce there. Default: `DROP_ALL` with App Mesh.
   */
  egress: z.enum(["ALLOW_ALL", "DROP_ALL"]).optional(),
  /** Services by name. Each gets a Service of that name over all its versions. */
  services: z
    .record(serviceName, service)
    .refine((services) => Object.keys(services).length > 0, "a mesh carries one service or more"),
  /** Workloads that only call, by the name of their VirtualNode. Default: none. */
  clients: z.record(dnsLabel, client).default({}),
  /** The way in from outside. Default: none. */
  gateway: gateway.optional(),
  /** Service account of members and gateway, by which App Mesh's Envoys sign in to AWS. Default: `appmesh-proxyauth`. */
  proxyServiceAccount: dnsLabel.default("appmesh-proxyauth"),
  /** The controller that carries the mesh out. */
  controller: z
    .strictObject({
      /** Pods, 2 or more. Default: 2. */
      replicas: z.number().int().min(2, "two pods or more, so that a drain never takes the last one").default(2),
      /** Default: info. */
      logLevel: z.enum(["info", "debug"]).default("info"),
    })
    .prefault({}),
};

/**
 * Services that call each other with weights among their versions, and an entrance to them. Its kind also installs the
 * controller that carries it out.
 *
 * - `app-mesh`: AWS App Mesh, an Envoy beside every member. Ended on 2026-09-30.
 * - `lattice`: Amazon VPC Lattice, no proxy. Members call a service by the name that Lattice gives it, which the
 *   HTTPRoute carries as `application-networking.k8s.aws/lattice-assigned-domain-name`; calls to the Service of the same
 *   name reach its versions too, past the weights.
 */
export const meshSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("app-mesh"), ...fields }),
    z.strictObject({ kind: z.literal("lattice"), ...fields }),
  ])
  .transform((mesh) => ({
    ...mesh,
    services: Object.fromEntries(
      Object.entries(mesh.services).map(([name, declared]) => [
        name,
        {
          ...declared,
          router: declared.router ?? name,
          route: declared.route ?? name,
          versions: declared.versions.map((one) => ({ ...one, node: one.node ?? one.workload })),
        },
      ]),
    ),
    gateway: mesh.gateway === undefined ? undefined : namedGateway(mesh.name, mesh.gateway),
  }));

function namedGateway(mesh: string, declared: z.output<typeof gateway>) {
  const name = declared.name ?? `${mesh}-gateway`;
  return {
    ...declared,
    name,
    routes: declared.routes.map((route) => ({ ...route, name: route.name ?? `${name}-${route.service}` })),
  };
}

export type Mesh = z.output<typeof meshSchema>;
export type MeshKind = Mesh["kind"];
export type MeshService = Mesh["services"][string];
export type MeshGateway = NonNullable<Mesh["gateway"]>;
