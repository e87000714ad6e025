import { formatPath, type Problem } from "../../schema/problem";
import { type DeclaredApiRoutes, type DeclaredRoute, routesWithApi } from "../declared-routes";
import { backendName, listenerPort } from "../plan";
import type { Api } from "../schema";

function hasProxy(api: Api): boolean {
  return api.kind === "rest" && api.reverseProxy.kind !== "off";
}

/** One listener stands for one workload; routes of the same workload share it. */
export function listenersUnique(environment: DeclaredApiRoutes): readonly Problem[] {
  const taken = new Map<string, DeclaredRoute>();
  return routesWithApi(environment).flatMap((declared) => {
    const { api, route, path, workload } = declared;
    if (hasProxy(api) || route.integration.kind !== "workload") return [];
    const port = listenerPort(declared);
    const key = `${route.api}:${port}`;
    const first = taken.get(key);
    taken.set(key, first ?? declared);
    if (first === undefined || first.workload === workload) return [];
    return [
      {
        path: formatPath([...path, "listenerPort"]),
        value: route.listenerPort,
        rule: `${formatPath(first.path)} has the listener on port ${port} of ${route.api}, and a listener leads to one workload`,
        remedy: "write a `listenerPort` that no other workload of this API has, or choose the API's reverseProxy",
      },
    ];
  });
}

/** Names of target groups and bindings are the API's and the workload's, joined with hyphens that both may hold. */
export function backendNamesUnique(environment: DeclaredApiRoutes): readonly Problem[] {
  const taken = new Map<string, DeclaredRoute>();
  return routesWithApi(environment).flatMap((declared) => {
    const { api, route, path, workload } = declared;
    const containerPort = environment.workloads[workload]?.port;
    if (hasProxy(api) || route.integration.kind !== "workload" || containerPort === undefined) return [];
    const name = backendName(route.api, workload, containerPort).join("-");
    const first = taken.get(name);
    taken.set(name, first ?? declared);
    if (first === undefined || (first.workload === workload && first.route.api === route.api)) return [];
    return [
      {
        path: formatPath([...path, "api"]),
        value: route.api,
        rule: `its target group would be called ${name}, like that of ${formatPath(first.path)}`,
        remedy: "rename one of the workloads or APIs; `names` keeps a workload's objects as they are called",
      },
    ];
  });
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

/** nginx stands in one namespace and distinguishes workloads by path alone. */
export function proxiedRoutesFitOneProxy(environment: DeclaredApiRoutes): readonly Problem[] {
  const firstOf = new Map<string, DeclaredRoute>();
  const byPath = new Map<string, DeclaredRoute>();
  return routesWithApi(environment).flatMap((declared) => {
    const { api, route, path, namespace, workload } = declared;
    if (!hasProxy(api) || route.integration.kind !== "workload") return [];
    const first = firstOf.get(route.api) ?? declared;
    firstOf.set(route.api, first);
    const same = byPath.get(`${route.api} ${route.path}`) ?? declared;
    byPath.set(`${route.api} ${route.path}`, same);
    if (first.namespace !== namespace) {
      return [
        {
          path: formatPath([...path, "api"]),
          value: route.api,
          rule: `the reverse proxy of ${route.api} stands in the namespace ${first.namespace} of ${first.workload} and knows Services there, and ${workload} is in ${namespace}`,
          remedy: "put the workloads into one namespace, or give this one another API",
        },
      ];
    }
    if (same.workload === workload) return [];
    return [
      {
        path: formatPath([...path, "path"]),
        value: route.path,
        rule: `${formatPath(same.path)} has the same path, and the reverse proxy of ${route.api} distinguishes workloads by path and not by method`,
        remedy: "give one of them another path, or choose no reverseProxy",
      },
    ];
  });
}
