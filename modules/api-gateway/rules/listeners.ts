import { clashes } from "../../schema/clashes";
import { formatPath, type Problem } from "../../schema/problem";
import { type DeclaredApiRoutes, type DeclaredRoute, routesWithApi } from "../declared-routes";
import { listenerPort } from "../plan";
import type { Api } from "../schema";

function hasProxy(api: Api): boolean {
  return api.kind === "rest" && api.reverseProxy.kind !== "off";
}

/** Routes that a load balancer leads to their workload by itself. */
function directRoutes(environment: DeclaredApiRoutes): readonly DeclaredRoute[] {
  return routesWithApi(environment).filter(({ api, route }) => !hasProxy(api) && route.integration.kind === "workload");
}

/** Routes that a reverse proxy leads to their workload. */
function proxiedRoutes(environment: DeclaredApiRoutes): readonly DeclaredRoute[] {
  return routesWithApi(environment).filter(({ api, route }) => hasProxy(api) && route.integration.kind === "workload");
}

/** One listener stands for one workload; routes of the same workload share it. */
export function listenersUnique(environment: DeclaredApiRoutes): readonly Problem[] {
  return clashes(
    directRoutes(environment),
    (declared) => `${declared.route.api}:${listenerPort(declared)}`,
    (declared, first) =>
      first.workload === declared.workload
        ? undefined
        : {
            path: formatPath([...declared.path, "listenerPort"]),
            value: declared.route.listenerPort,
            rule: `${formatPath(first.path)} has the listener on port ${listenerPort(declared)} of ${declared.route.api}, and a listener leads to one workload`,
            remedy: "write a `listenerPort` that no other workload of this API has, or choose the API's reverseProxy",
          },
  );
}

/** A workload has one target group in an API, whose name says whose it is. */
export function oneListenerAWorkload(environment: DeclaredApiRoutes): readonly Problem[] {
  return clashes(
    directRoutes(environment),
    ({ route, workload }) => `${route.api} ${workload}`,
    (declared, first) => {
      if (listenerPort(first) === listenerPort(declared)) return undefined;
      return {
        path: formatPath([...declared.path, "listenerPort"]),
        value: declared.route.listenerPort,
        rule: `${formatPath(first.path)} leads to this workload by the listener on port ${listenerPort(first)} of ${declared.route.api}, and one serves all its routes`,
        remedy: `write \`listenerPort: ${listenerPort(first)}\``,
      };
    },
  );
}

export function proxiedRoutesHaveNoListener(environment: DeclaredApiRoutes): readonly Problem[] {
  return routesWithApi(environment).flatMap(({ api, route, path }) => {
    if (!hasProxy(api) || route.listenerPort === undefined) return [];
    return [
      {
        path: formatPath([...path, "listenerPort"]),
        value: route.listenerPort,
        rule: `the reverse proxy of ${route.api} has the only listener, on port 80`,
        remedy: "take the line out",
      },
    ];
  });
}

/** nginx stands in the namespace of the API's first route and knows Services there. */
export function proxiedRoutesShareANamespace(environment: DeclaredApiRoutes): readonly Problem[] {
  return clashes(
    proxiedRoutes(environment),
    ({ route }) => route.api,
    ({ path, route, namespace, workload }, first) =>
      first.namespace === namespace
        ? undefined
        : {
            path: formatPath([...path, "api"]),
            value: route.api,
            rule: `the reverse proxy of ${route.api} stands in the namespace ${first.namespace} of ${first.workload} and knows Services there, and ${workload} is in ${namespace}`,
            remedy: "put the workloads into one namespace, or give this one another API",
          },
  );
}

/** nginx distinguishes workloads by path alone. */
export function proxiedPathsUnique(environment: DeclaredApiRoutes): readonly Problem[] {
  return clashes(
    proxiedRoutes(environment),
    ({ route, namespace }) => `${route.api} ${namespace} ${route.path}`,
    ({ path, route, workload }, first) =>
      first.workload === workload
        ? undefined
        : {
            path: formatPath([...path, "path"]),
            value: route.path,
            rule: `${formatPath(first.path)} has the same path, and the reverse proxy of ${route.api} distinguishes workloads by path and not by method`,
            remedy: "give one of them another path, or choose no reverseProxy",
          },
  );
}
