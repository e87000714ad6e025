import type { Environment } from "../../platform/environment";
import type { PlannedRoute } from "./plan";
import type { Api } from "./schema";

/** A route through an API and its place in the file. */
export interface DeclaredRoute extends PlannedRoute {
  readonly path: readonly PropertyKey[];
  readonly namespace: string;
}

/** Routes of kind `api-gateway`. */
export function apiRoutes({ workloads }: Environment): readonly DeclaredRoute[] {
  return Object.entries(workloads).flatMap(([workload, { namespace, servicePort, routes }]) =>
    routes.flatMap((route, index) =>
      route.kind === "api-gateway"
        ? [{ workload, namespace, servicePort, route, path: ["workloads", workload, "routes", index] }]
        : [],
    ),
  );
}

/** Routes with their API, those of unknown APIs left out. */
export function routesWithApi(environment: Environment): readonly (DeclaredRoute & { readonly api: Api })[] {
  return apiRoutes(environment).flatMap((declared) => {
    const api = environment.apis[declared.route.api];
    return api === undefined ? [] : [{ ...declared, api }];
  });
}
