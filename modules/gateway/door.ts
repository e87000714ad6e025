import { z } from "zod";
import type { HTTPRoute } from "../../.gen/gateway.networking.k8s.io/v1/http-route";
import type { TCPRoute } from "../../.gen/gateway.networking.k8s.io/v1/tcp-route";
import { clusterRecordSchema, recordAnnotations } from "../dns/record";
import { CustomResources } from "../kubernetes/custom-resources";
import { defineDoor, type RouteOwner, type RouteTarget } from "../routes/door";
import { limitedName, releaseNameLimit } from "../schema/limited-name";
import { dnsLabel, hostname, path, port } from "../schema/primitives";
import { albListenerName, nlbListenerName } from "./resources";
import type { GatewayOptions, NlbGateway } from "./schema";

const schema = z.strictObject({
  kind: z.literal("gateway"),
  /** Name of the HTTPRoute or TCPRoute. Default: the workload's name. */
  name: dnsLabel.optional(),
  /** Name of the gateway in `gateways`. */
  gateway: z.string().min(1),
  /** Through an ALB. Default: every host, `*`. */
  host: hostname.optional(),
  /** Through an ALB: paths that are it or lie below it. Default: `/`. */
  path: path.optional(),
  /** Through an NLB: port of the listener whose connections are the workload's. */
  listenerPort: port.optional(),
  /** DNS record of the host. The load balancer's name is known to the cluster alone. Default: none. */
  dns: clusterRecordSchema,
});

export type GatewayRoute = z.output<typeof schema>;

function routeName(route: GatewayRoute, owner: RouteOwner): string {
  return route.name ?? owner.name;
}

function httpRoute(route: GatewayRoute, target: RouteTarget, gateway: GatewayOptions, listener: string): HTTPRoute {
  const { host = "*" } = route;
  const annotations = recordAnnotations(route.dns, host);
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: {
      name: routeName(route, target),
      namespace: target.namespace,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: {
      parentRefs: [{ name: route.gateway, namespace: gateway.namespace, sectionName: listener }],
      // A route without hosts is for all of them; "*" is no host that Kubernetes knows.
      ...(host === "*" ? {} : { hostnames: [host] }),
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: route.path ?? "/" } }],
          backendRefs: [{ name: target.service.name, port: target.service.port }],
        },
      ],
    },
  };
}

function tcpRoute(route: GatewayRoute, target: RouteTarget, gateway: NlbGateway): TCPRoute {
  const listener = gateway.listeners.find(({ port: number }) => number === route.listenerPort);
  if (listener === undefined) throw new Error(`gateways.${route.gateway} has no listener on ${route.listenerPort}`);
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "TCPRoute",
    metadata: { name: routeName(route, target), namespace: target.namespace },
    spec: {
      parentRefs: [{ name: route.gateway, namespace: gateway.namespace, sectionName: nlbListenerName(listener) }],
      rules: [{ backendRefs: [{ name: target.service.name, port: target.service.port }] }],
    },
  };
}

function manifest(route: GatewayRoute, target: RouteTarget, gateway: GatewayOptions): HTTPRoute | TCPRoute {
  switch (gateway.kind) {
    case "alb":
      return httpRoute(route, target, gateway, albListenerName(gateway));
    case "nlb":
      return tcpRoute(route, target, gateway);
    default:
      return unknownGateway(gateway);
  }
}

function unknownGateway(gateway: never): never {
  throw new Error(`no route through ${JSON.stringify(gateway)}`);
}

/** The Gateway API: a load balancer of `gateways`, made by the AWS Load Balancer Controller, that several routes share. */
export const gateway = defineDoor({
  schema,
  controllers: ["awsLoadBalancerController", "gatewayApiCrds"],
  facts: (route, owner) => ({
    object: { kind: route.listenerPort === undefined ? "HTTPRoute" : "TCPRoute", name: routeName(route, owner) },
    ...(route.listenerPort === undefined
      ? { host: route.host ?? "*", path: route.path ?? "/", entrance: `gateway:${route.gateway}` }
      : { host: undefined, path: undefined, entrance: `gateway:${route.gateway}:${route.listenerPort}` }),
    exposure: "internal",
  }),
  problems: () => [],
  make(scope, route, target, context) {
    const { options, ready } = context.gateways.of(route.gateway);
    const name = routeName(route, target);
    new CustomResources(scope, "Resource", {
      releaseName: limitedName(releaseNameLimit, "route", options.kind, name),
      namespace: target.namespace,
      manifests: [manifest(route, target, options)],
      dependsOn: [ready, context.gateways.targetsOf(target)],
    });
    return {
      address: options.kind === "alb" ? `${route.host ?? "*"}${route.path ?? "/"}` : `*:${route.listenerPort}`,
    };
  },
});
