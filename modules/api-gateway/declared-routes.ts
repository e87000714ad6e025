import type { AwsOptions } from "../aws/schema";
import type { DnsOptions } from "../dns/schema";
import type { IdentityOptions } from "../identity/schema";
import type { NetworkOptions } from "../network/schema";
import { type RoutedWorkloads, routesOfKind } from "../workloads/routes";
import type { Workload } from "../workloads/schema";
import type { PlannedRoute } from "./plan";
import type { ApiGatewayRoute } from "./route-schema";
import type { Api, Apis } from "./schema";

/** What the rules of APIs read of an environment. */
export interface DeclaredApiRoutes {
  readonly aws: AwsOptions;
  readonly apis: Apis;
  readonly controllers: { readonly awsLoadBalancerController?: object | undefined };
  readonly dns: DnsOptions;
  readonly identity: IdentityOptions;
  readonly network: NetworkOptions;
  readonly workloads: RoutedWorkloads & Readonly<Record<string, Workload>>;
}

/** A route through an API and its place in the file. */
export interface DeclaredRoute extends PlannedRoute {
  readonly path: readonly PropertyKey[];
  readonly namespace: string;
  /** Port the workload's container listens on. */
  readonly containerPort: number;
}

/** Routes of kind `api-gateway`. */
export function apiRoutes({ workloads }: Pick<DeclaredApiRoutes, "workloads">): readonly DeclaredRoute[] {
  return routesOfKind<ApiGatewayRoute>(workloads, "api-gateway").flatMap(({ path, owner, route }) => {
    const workload = workloads[owner.name];
    if (workload === undefined) return [];
    const { servicePort, port: containerPort } = workload;
    return [{ workload: owner.name, namespace: owner.namespace, servicePort, containerPort, route, path }];
  });
}

/** Routes with their API, those of unknown APIs left out. */
export function routesWithApi(
  environment: Pick<DeclaredApiRoutes, "apis" | "workloads">,
): readonly (DeclaredRoute & { readonly api: Api })[] {
  return apiRoutes(environment).flatMap((declared) => {
    const api = environment.apis[declared.route.api];
    return api === undefined ? [] : [{ ...declared, api }];
  });
}
