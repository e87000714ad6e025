import type { HTTPRoute } from "../../.gen/gateway.networking.k8s.io/v1/http-route";
import type { TCPRoute } from "../../.gen/gateway.networking.k8s.io/v1/tcp-route";
import { callersConfiguration } from "../callers/rule-configuration";
import { SecretAccess } from "../callers/secret-access";
import { recordAnnotations } from "../dns/record";
import { toldApartBy } from "../door/depth-schema";
import { defineDoor, type RouteContext } from "../door/door";
import { CustomResources } from "../kubernetes/custom-resources";
import { assertNever } from "../schema/assert-never";
import { limitedName, releaseNameLimit } from "../schema/limited-name";
import type { RouteOwner, RouteTarget } from "../workloads/route-target";
import { type DeclaredGateways, Gateways } from "./gateways";
import { albListenerName, nlbListenerName } from "./resources";
import { type GatewayRoute, gatewayRouteSchema } from "./route-schema";
import type { GatewayOptions, NlbGateway } from "./schema";

type HTTPRouteFilter = NonNullable<NonNullable<NonNullable<HTTPRoute["spec"]>["rules"]>[number]["filters"]>[number];

function routeName(route: GatewayRoute, owner: RouteOwner): string {
  return route.name ?? owner.name;
}

type HTTPRouteRule = NonNullable<NonNullable<HTTPRoute["spec"]>["rules"]>[number];
type HTTPRouteMatch = NonNullable<HTTPRouteRule["matches"]>[number];

function matchOf({ path = "/", match }: GatewayRoute): HTTPRouteMatch {
  const named = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([name, value]) => ({ name, type: "Exact" as const, value }));
  const headers = named(match?.headers ?? {});
  const queryParams = named(match?.query ?? {});
  return {
    path: { type: "PathPrefix", value: path },
    ...(match?.method === undefined ? {} : { method: match.method }),
    ...(headers.length === 0 ? {} : { headers }),
    ...(queryParams.length === 0 ? {} : { queryParams }),
  };
}

function filtersOf(route: GatewayRoute, name: string): readonly HTTPRouteFilter[] {
  const { rewrite, callers } = route;
  const rewritten: HTTPRouteFilter | undefined =
    rewrite === undefined
      ? undefined
      : {
          type: "URLRewrite",
          urlRewrite: {
            ...(rewrite.host === undefined ? {} : { hostname: rewrite.host }),
            ...(rewrite.prefix === undefined
              ? {}
              : { path: { type: "ReplacePrefixMatch", replacePrefixMatch: rewrite.prefix } }),
          },
        };
  return [...(rewritten === undefined ? [] : [rewritten]), ...(callers.kind === "anyone" ? [] : [checkedBy(name)])];
}

/** Services that the calls are shared out among. */
function backendsOf({ canary }: GatewayRoute, target: RouteTarget, other: RouteTarget | undefined) {
  const own = { name: target.service.name, port: target.service.port };
  if (canary === undefined || other === undefined) return [own];
  return [
    { ...own, weight: 100 - canary.percent },
    { name: other.service.name, port: other.service.port, weight: canary.percent },
  ];
}

function httpRoute(
  route: GatewayRoute,
  target: RouteTarget,
  canary: RouteTarget | undefined,
  gateway: GatewayOptions,
  listener: string,
): HTTPRoute {
  const { host = "*" } = route;
  const annotations = recordAnnotations(route.dns, host);
  const filters = filtersOf(route, routeName(route, target));
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
          matches: [matchOf(route)],
          ...(filters.length === 0 ? {} : { filters }),
          backendRefs: backendsOf(route, target, canary),
        },
      ],
    },
  };
}

/** What makes the load balancer check who calls, by the configuration of a name. */
function checkedBy(name: string): HTTPRouteFilter {
  return {
    type: "ExtensionRef",
    extensionRef: { group: "gateway.k8s.aws", kind: "ListenerRuleConfiguration", name },
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

function manifest(
  route: GatewayRoute,
  target: RouteTarget,
  canary: RouteTarget | undefined,
  gateway: GatewayOptions,
): HTTPRoute | TCPRoute {
  switch (gateway.kind) {
    case "alb":
      return httpRoute(route, target, canary, gateway, albListenerName(gateway));
    case "nlb":
      return tcpRoute(route, target, gateway);
    default:
      return assertNever("gateway", gateway);
  }
}

/** The Gateway API: a load balancer of `gateways`, made by the AWS Load Balancer Controller, that several routes share. */
export const gateway = defineDoor({
  schema: gatewayRouteSchema,
  controllers: ["awsLoadBalancerController", "gatewayApiCrds"],
  example: {
    routes: [
      { kind: "gateway", gateway: "front", host: "shop.example.com" },
      { kind: "gateway", name: "shop-port", gateway: "ports", listenerPort: 5432 },
    ],
    environment: {
      gateways: {
        front: { kind: "alb", exposure: "internet-facing", certificates: ["front"] },
        ports: { kind: "nlb", listeners: [{ kind: "tcp", port: 5432 }] },
      },
      certificates: { front: { kind: "acm", hosts: ["shop.example.com"] } },
      dns: { zones: { "example.com": { kind: "create" } } },
    },
  },
  facts: (route, owner) => ({
    object: { kind: route.listenerPort === undefined ? "HTTPRoute" : "TCPRoute", name: routeName(route, owner) },
    ...(route.listenerPort === undefined
      ? {
          host: route.host ?? "*",
          path: route.path ?? "/",
          entrance: `gateway:${route.gateway}`,
          toldApartBy: toldApartBy(route.match),
        }
      : { host: undefined, path: undefined, entrance: `gateway:${route.gateway}:${route.listenerPort}` }),
    exposure: "internal",
    podsAreTargets: true,
  }),
  share: (scope, environment: DeclaredGateways, context): Gateways =>
    new Gateways(scope, "gateway_api", environment, context),
  make(scope, route, target, { aws, shared, targets }: RouteContext<DeclaredGateways, Gateways>) {
    const canary = route.canary === undefined ? undefined : targets.get(route.canary.workload);
    const { options, ready } = shared.of(route.gateway);
    const name = routeName(route, target);
    const callers = callersConfiguration(name, target.namespace, route.callers);
    const mayReadSecret = new SecretAccess(scope, "sign-in", {
      name,
      namespace: target.namespace,
      callers: route.callers,
      region: aws.region,
      dependsOn: [target.ready],
    });
    new CustomResources(scope, "Resource", {
      releaseName: limitedName(releaseNameLimit, "route", options.kind, name),
      namespace: target.namespace,
      manifests: [...(callers === undefined ? [] : [callers]), manifest(route, target, canary, options)],
      dependsOn: [
        ready,
        shared.targetsOf(target),
        ...(canary === undefined ? [] : [shared.targetsOf(canary)]),
        ...mayReadSecret.ready,
      ],
    });
    return {
      address: options.kind === "alb" ? `${route.host ?? "*"}${route.path ?? "/"}` : `*:${route.listenerPort}`,
    };
  },
});
