import { defineDoor, type RouteContext } from "../door/door";
import { type DeclaredApis, type MadeApis, makeApis } from "./apis";
import { apiGatewayRouteSchema } from "./route-schema";

/**
 * Amazon API Gateway: a path of an API of the environment's `apis`. The API, its VPC link and its load balancer are
 * made once for all routes that share it, so a route only says what it adds.
 */
export const apiGateway = defineDoor({
  schema: apiGatewayRouteSchema,
  // A route to the workload needs the AWS Load Balancer Controller, one to a public host none: a rule of APIs asks.
  controllers: [],
  example: {
    routes: [{ kind: "api-gateway", api: "shop", path: "/shop" }],
    environment: { apis: { shop: { kind: "http" } } },
  },
  facts: (route) => ({
    object: undefined,
    label: `${route.api}${route.path}${route.match.kind === "exact" ? ` ${route.match.method}` : ""}`,
    // Paths of an API go by method too; rules of APIs hold them apart.
    host: undefined,
    path: undefined,
    // The load balancer in the VPC, which is what needs subnets; callers come in by the API's endpoint.
    exposure: "internal",
    entrance: `api-gateway:${route.api}`,
    podsAreTargets: route.integration.kind !== "public-host",
    terminatesTls: true,
  }),
  // Integrations of REST APIs through VPC links V2 came with it.
  awsProvider: ({ apis }: DeclaredApis) =>
    Object.values(apis).some((api) => api.kind === "rest" && api.vpcLink.kind === "v2") ? "6.25.0" : undefined,
  share: (scope, environment: DeclaredApis, context): MadeApis => makeApis(scope, environment, context),
  make: (_scope, route, _target, { shared }: RouteContext<DeclaredApis, MadeApis>) => ({
    address: `${shared.address(route.api)}${route.path}`,
  }),
});
