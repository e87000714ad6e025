import { clashes } from "../../schema/clashes";
import { meant } from "../../schema/meant";
import { formatPath, type Problem } from "../../schema/problem";
import { apiRoutes, type DeclaredApiRoutes, routesWithApi } from "../declared-routes";
import { methodKey, ownMethods, timeoutLimits } from "../plan";

export function routesNameKnownApis(environment: DeclaredApiRoutes): readonly Problem[] {
  const known = Object.keys(environment.apis);
  return apiRoutes(environment)
    .filter(({ route }) => !known.includes(route.api))
    .map(({ route, path }) => ({
      path: formatPath([...path, "api"]),
      value: route.api,
      rule: "it names one of `apis`, and there is none of this name",
      remedy: meant(route.api, known, `add \`${JSON.stringify(route.api)}: { kind: "rest" }\` to \`apis\``),
    }));
}

/** TargetGroupBindings are the load balancer controller's; a public host needs none. */
export function workloadRoutesHaveTheController(environment: DeclaredApiRoutes): readonly Problem[] {
  if (environment.controllers.awsLoadBalancerController !== undefined) return [];
  return apiRoutes(environment)
    .filter(({ route }) => route.integration.kind === "workload")
    .map(({ route, path }) => ({
      path: formatPath([...path, "integration"]),
      value: route.integration,
      rule: "controllers.awsLoadBalancerController registers the pods with the API's load balancer, and it is not enabled",
      remedy: "add `awsLoadBalancerController: {}` to `controllers`",
    }));
}

/** API Gateway has a method of a path once. */
export function methodsUnique(environment: DeclaredApiRoutes): readonly Problem[] {
  return clashes(
    apiRoutes(environment),
    ({ route }) => ownMethods(route).map((method) => `${route.api} ${methodKey(method)}`),
    ({ route, path }, first) => ({
      path: formatPath(path),
      value: { api: route.api, path: route.path, match: route.match },
      rule: `${formatPath(first.path)} has the same method of the same path in this API`,
      remedy: "give one of them another path, or an exact match with another method",
    }),
  );
}

/**
 * Source: API Gateway developer guide, "Set up a proxy integration with a proxy resource": a resource of its own hides
 * its path from the greedy one beside it, for every method.
 */
export function exactRoutesHideNoPrefix(environment: DeclaredApiRoutes): readonly Problem[] {
  const routes = apiRoutes(environment);
  return routes.flatMap(({ route, path }) => {
    if (route.match.kind !== "exact" || route.match.method === "ANY") return [];
    const hidden = routes.find(
      (other) =>
        other.route.api === route.api &&
        other.route.match.kind === "prefix" &&
        other.route.path !== route.path &&
        route.path.startsWith(other.route.path === "/" ? "/" : `${other.route.path}/`),
    );
    if (hidden === undefined || environment.apis[route.api]?.kind !== "rest") return [];
    return [
      {
        path: formatPath([...path, "match"]),
        value: route.match,
        rule: `${formatPath(hidden.path)} takes everything below ${hidden.route.path}, but of ${route.path} a REST API would then answer ${route.match.method} alone and every other method with 403`,
        remedy: 'write `match: { kind: "exact", method: "ANY" }`, or a path outside of that prefix',
      },
    ];
  });
}

/** Source: API Gateway quotas, integration timeouts. */
export function timeoutsWithinQuota(environment: DeclaredApiRoutes): readonly Problem[] {
  return routesWithApi(environment).flatMap(({ api, route, path }) => {
    const limit = timeoutLimits[api.kind];
    if (route.timeoutMilliseconds === undefined || route.timeoutMilliseconds <= limit) return [];
    return [
      {
        path: formatPath([...path, "timeoutMilliseconds"]),
        value: route.timeoutMilliseconds,
        rule: `${api.kind === "rest" ? "a REST API" : "an HTTP API"} gives up after ${limit} milliseconds`,
        remedy: `write ${limit} or less, and let longer work go on behind the answer`,
      },
    ];
  });
}

/** Authorizers differ by API type. Source: "Choose between REST APIs and HTTP APIs". */
export function authorizersOfTheApiType(environment: DeclaredApiRoutes): readonly Problem[] {
  return routesWithApi(environment).flatMap(({ api, route, path }) => {
    const { authorization } = route;
    const foreign = api.kind === "rest" ? "JWT" : "COGNITO_USER_POOLS";
    if (authorization?.kind !== foreign) return [];
    return [
      {
        path: formatPath([...path, "authorization", "kind"]),
        value: authorization.kind,
        rule:
          api.kind === "rest"
            ? `${formatPath(["apis", route.api])} is a REST API, which has no JWT authorizer`
            : `${formatPath(["apis", route.api])} is an HTTP API, which has no Cognito authorizer of its own`,
        remedy:
          api.kind === "rest"
            ? 'write `kind: "COGNITO_USER_POOLS"` with userPoolArns, or make the API of kind "http"'
            : 'write `kind: "JWT"` with the pool\'s issuer, or make the API of kind "rest"',
      },
    ];
  });
}

/** Keys count through a plan, and only REST APIs have plans. */
export function apiKeysHaveAPlan(environment: DeclaredApiRoutes): readonly Problem[] {
  return routesWithApi(environment).flatMap(({ api, route, path }) => {
    if (route.apiKeyRequired !== true || (api.kind === "rest" && api.usagePlan !== undefined)) return [];
    return [
      {
        path: formatPath([...path, "apiKeyRequired"]),
        value: true,
        rule:
          api.kind === "rest"
            ? `${formatPath(["apis", route.api])} has no usage plan, and a key that belongs to none is refused, so nobody could call`
            : `${formatPath(["apis", route.api])} is an HTTP API, which knows no API keys`,
        remedy:
          api.kind === "rest" ? `add \`usagePlan: {}\` to ${formatPath(["apis", route.api])}` : "take the line out",
      },
    ];
  });
}

export function usagePlansCountSomeone(environment: DeclaredApiRoutes): readonly Problem[] {
  return Object.entries(environment.apis).flatMap(([name, api]) => {
    if (api.kind !== "rest" || api.usagePlan === undefined) return [];
    const routes = apiRoutes(environment).filter(({ route }) => route.api === name);
    if (routes.length === 0 || routes.some(({ route }) => route.apiKeyRequired !== false)) return [];
    return [
      {
        path: formatPath(["apis", name, "usagePlan"]),
        value: api.usagePlan,
        rule: "it counts calls by their API key, and every route of this API says apiKeyRequired: false",
        remedy: "take the usage plan out, or ask for a key on one route at least",
      },
    ];
  });
}

export function integrationsOfTheApiType(environment: DeclaredApiRoutes): readonly Problem[] {
  return routesWithApi(environment).flatMap(({ api, route, path }) => {
    const { integration } = route;
    if (api.kind !== "http" || integration.kind !== "public-host" || integration.type !== "HTTP") return [];
    return [
      {
        path: formatPath([...path, "integration", "type"]),
        value: integration.type,
        rule: `${formatPath(["apis", route.api])} is an HTTP API, which hands requests and answers on as they are`,
        remedy: "take the line out",
      },
    ];
  });
}

const reservedPaths = ["/ping", "/sping"];

/** Source: API Gateway developer guide, "Amazon API Gateway important notes", health check. */
export function pathsNotReserved(environment: DeclaredApiRoutes): readonly Problem[] {
  return routesWithApi(environment)
    .filter(({ route }) => reservedPaths.includes(route.path))
    .map(({ route, path }) => ({
      path: formatPath([...path, "path"]),
      value: route.path,
      rule: "API Gateway keeps this path for its own health check, and answers it itself behind a custom domain",
      remedy: "write another path",
    }));
}
