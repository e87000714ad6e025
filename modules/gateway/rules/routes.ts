import { clashes } from "../../schema/clashes";
import { meant } from "../../schema/meant";
import { formatPath, formatValue, type Problem } from "../../schema/problem";
import { allOf } from "../../schema/suggest";
import { type PlacedRoute, routesOfKind } from "../../workloads/routes";
import type { DeclaredGateways } from "../gateways";
import type { GatewayRoute } from "../route-schema";
import type { GatewayOptions, NlbGateway } from "../schema";

interface Placed extends PlacedRoute<GatewayRoute> {
  /** Undefined where there is none of the name that the route says. */
  readonly gateway: GatewayOptions | undefined;
}

function gatewayRoutes({ gateways, workloads }: DeclaredGateways): readonly Placed[] {
  return routesOfKind<GatewayRoute>(workloads, "gateway").map((placed) => ({
    ...placed,
    gateway: gateways[placed.route.gateway],
  }));
}

export function routesNameKnownGateways(environment: DeclaredGateways): readonly Problem[] {
  const known = Object.keys(environment.gateways);
  return gatewayRoutes(environment).flatMap(({ path, route, gateway }) =>
    gateway !== undefined
      ? []
      : [
          {
            path: formatPath([...path, "gateway"]),
            value: route.gateway,
            rule: "it is none of the gateways in `gateways`",
            remedy: meant(
              route.gateway,
              known,
              `add \`${JSON.stringify(route.gateway)}: { kind: "alb" }\` to \`gateways\``,
            ),
          },
        ],
  );
}

function ofAlb({ path, route }: Placed): readonly Problem[] {
  if (route.listenerPort === undefined) return [];
  return [
    {
      path: formatPath([...path, "listenerPort"]),
      value: route.listenerPort,
      rule: `the gateway ${route.gateway} is an ALB, which distinguishes routes by host and path on one listener`,
      remedy: 'take it out, or name a gateway of kind "nlb"',
    },
  ];
}

function ofNlb({ path, route }: Placed, { listeners }: NlbGateway): readonly Problem[] {
  const ports = listeners.map(({ port }) => port);
  const foreign = (["host", "path", "match", "rewrite", "canary"] as const)
    .filter((field) => route[field] !== undefined)
    .map((field) => ({
      path: formatPath([...path, field]),
      value: route[field],
      rule: `the gateway ${route.gateway} is an NLB, which forwards connections and sees neither host nor path`,
      remedy: 'take it out, or name a gateway of kind "alb"',
    }));
  const record =
    route.dns.kind === "none"
      ? []
      : [
          {
            path: formatPath([...path, "dns"]),
            value: route.dns,
            rule: "a route through an NLB has no host that a record could be of",
            remedy: "take it out",
          },
        ];
  const port =
    route.listenerPort !== undefined && ports.includes(route.listenerPort)
      ? []
      : [
          {
            path: formatPath([...path, "listenerPort"]),
            value: route.listenerPort,
            rule: `the gateway ${route.gateway} is an NLB, and a route is one of its listeners; they are on ${allOf(ports.map(String))}`,
            remedy: `write \`listenerPort: ${formatValue(ports[0])}\`, or add a listener to the gateway`,
          },
        ];
  return [...foreign, ...record, ...port];
}

export function gatewayRoutesFitTheirGateway(environment: DeclaredGateways): readonly Problem[] {
  return gatewayRoutes(environment).flatMap((placed) => {
    const { gateway } = placed;
    if (gateway === undefined) return [];
    return gateway.kind === "alb" ? ofAlb(placed) : ofNlb(placed, gateway);
  });
}

/** An NLB's listener has one route: of several the controller takes one and leaves the others. */
export function nlbListenersHaveOneRoute(environment: DeclaredGateways): readonly Problem[] {
  return clashes(
    gatewayRoutes(environment),
    ({ route: { gateway, listenerPort } }) => (listenerPort === undefined ? undefined : `${gateway}:${listenerPort}`),
    ({ path, route }, first) => ({
      path: formatPath([...path, "listenerPort"]),
      value: route.listenerPort,
      rule: `\`${formatPath(first.path)}\` has this listener already, and an NLB's listener leads to one workload`,
      remedy: "add a listener with another port to the gateway and name that",
    }),
  );
}
