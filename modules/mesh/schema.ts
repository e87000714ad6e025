import { z } from "zod";
import { tlsOptions } from "../certificates/choice";
import { latticeAuthorization } from "../controllers/lattice/callers-schema";
import { prefixLists } from "../load-balancer/networks-schema";
import { described } from "../schema/descriptions";
import { cidr, dnsLabel, path, port } from "../schema/primitives";
import { serviceName } from "../workloads/service-name";

const version = z.strictObject({
  workload: described("Workload that answers; of the mesh's namespace.", dnsLabel),
  node: described("Name of its VirtualNode. Default: the workload's name.", dnsLabel.optional()),
  weight: described(
    "Share of the requests, among the weights of all versions. App Mesh: all weights of a service together at " +
      "most 100; Lattice: each at most 999.",
    z.number().int().min(0).default(1),
  ),
});

const service = z.strictObject({
  port: described("Port that callers use, and that of the Service of the same name.", port.default(80)),
  protocol: described(
    "What versions speak. Lattice carries `http` alone here.",
    z.enum(["http", "http2", "grpc", "tcp"]).default("http"),
  ),
  tls: described(
    "Whether callers come by HTTPS, with a certificate of the name that VPC Lattice gives the service, which AWS renews. Write " +
      "`port: 443` with it.",
    z.boolean().default(false),
  ),
  router: described("Name of its VirtualRouter. Default: the service's name.", dnsLabel.optional()),
  route: described("Name of its route within the router. Default: the service's name.", dnsLabel.optional()),
  versions: described(
    "Workloads among which the requests are shared out; at most 10.",
    z.array(version).min(1, "somebody has to answer: a service has one version or more"),
  ),
  backends: described("Services of this mesh that its versions call.", z.array(dnsLabel).default([])),
});

const client = z.strictObject({
  workload: described("Workload that calls and is no version of a service; of the mesh's namespace.", dnsLabel),
  backends: described(
    "Services of this mesh that it calls.",
    z.array(dnsLabel).min(1, "a client that calls no service of the mesh is no part of it"),
  ),
});

const gatewayRoute = z.strictObject({
  name: described("Name of the route. Default: the gateway's name, a hyphen and the service's.", dnsLabel.optional()),
  prefix: described("Paths that begin with it are routed.", path.default("/")),
  service: described("Service of this mesh that the requests go to.", dnsLabel),
});

const gateway = z.strictObject({
  name: described(
    "Name of the entrance and its objects. Default: the mesh's name with `-gateway`.",
    serviceName.optional(),
  ),
  port: described(
    "Port of the gateway's own Envoy. Lattice has none and leaves it unused.",
    port.min(1024, "Envoy is not root, so it listens on 1024 or more").default(8088),
  ),
  maxConnections: described(
    "Connections that the gateway's Envoy opens at once. Lattice has none and leaves it unused.",
    z.number().int().min(1).default(1024),
  ),
  replicas: described(
    "Pods of the gateway's Envoy. Lattice has none and leaves it unused.",
    z.number().int().min(1).default(2),
  ),
  exposure: described(
    "Who can reach the load balancer; `internal` is the VPC alone.",
    z.enum(["internal", "internet-facing"]).default("internal"),
  ),
  ...tlsOptions("With it the load balancer terminates TLS on 443; without it, HTTP on 80."),
  inboundCidrs: described(
    "Networks that may connect. Default: every one that can reach the load balancer.",
    z.array(cidr).default([]),
  ),
  inboundLists: prefixLists,
  routes: described(
    "Ways from the gateway to services.",
    z.array(gatewayRoute).min(1, "a gateway without a route leads nowhere"),
  ),
});

/** All but the kind: one declaration serves both. */
const fields = {
  name: described(
    "Name of the mesh or service network, one of its name in an account and region. At most 30 characters.",
    dnsLabel
      .max(30, "a mesh's name has at most 30 characters, for names of its parts are built from it")
      .default("mesh"),
  ),
  namespace: described("Where services, clients and gateway live; a namespace of their own.", dnsLabel),
  egress: described(
    "Whether members may call what is no part of the mesh. With Lattice nobody stands between a pod and the " +
      "network, so `DROP_ALL` is for network policies to enforce there. Default: `DROP_ALL` with App Mesh.",
    z.enum(["ALLOW_ALL", "DROP_ALL"]).optional(),
  ),
  services: described(
    "Services by name. Each gets a Service of that name over all its versions.",
    z
      .record(serviceName, service)
      .refine((services) => Object.keys(services).length > 0, "a mesh carries one service or more"),
  ),
  clients: described(
    "Workloads that only call, by the name of their VirtualNode.",
    z.record(dnsLabel, client).default({}),
  ),
  gateway: described("The way in from outside. Default: none.", gateway.optional()),
  proxyServiceAccount: described(
    "Service account of members and gateway, by which App Mesh's Envoys sign in to AWS.",
    dnsLabel.default("appmesh-proxyauth"),
  ),
  controller: described(
    "The controller that carries the mesh out.",
    z
      .strictObject({
        replicas: described(
          "Pods, 2 or more.",
          z.number().int().min(2, "two pods or more, so that a drain never takes the last one").default(2),
        ),
        logLevel: described("How much the controller logs.", z.enum(["info", "debug"]).default("info")),
      })
      .prefault({}),
  ),
};

export const meshSchema = described(
  "Services that call each other with weights among their versions, and an entrance to them. Its kind also " +
    "installs the controller that carries it out.",
  z
    .discriminatedUnion("kind", [
      described(
        "AWS App Mesh, an Envoy beside every member. Ended on 2026-09-30.",
        z.strictObject({ kind: z.literal("app-mesh"), ...fields }),
      ),
      described(
        "Amazon VPC Lattice, no proxy. Members call a service by the name that Lattice gives it, which the " +
          "HTTPRoute carries as `application-networking.k8s.aws/lattice-assigned-domain-name`; calls to the Service of " +
          "the same name reach its versions too, past the weights.",
        z.strictObject({ kind: z.literal("lattice"), ...fields, authorization: latticeAuthorization }),
      ),
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
    })),
);

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
