import { balancerNameLimit, limitedName } from "../schema/limited-name";
import type { NameInAws } from "../schema/name-in-aws";
import { apiLogGroupName } from "./access-logs";
import { apiRoutes, type DeclaredApiRoutes } from "./declared-routes";
import { logsRoleName } from "./logs-role";
import { backendName } from "./plan";
import type { Api, ApiGatewayOptions } from "./schema";

interface Declared extends DeclaredApiRoutes {
  readonly name: string;
  readonly apiGateway: ApiGatewayOptions;
}

/** Every name that the APIs of an environment give in AWS. */
export function apiNamesInAws(environment: Declared): readonly NameInAws[] {
  const path = ["apiGateway", "logsRole"];
  return [
    ...Object.entries(environment.apis).flatMap(([name, api]) => ofApi(name, api, environment)),
    ...(environment.apiGateway.logsRole !== "create"
      ? []
      : [
          { what: "IAM role", name: logsRoleName(environment.name), within: "account" as const, path, foldsCase: true },
          {
            what: "role for logs of API Gateway",
            name: "the account's",
            within: "region" as const,
            path,
            remedy: 'leave "create" to one environment of the account and region, and write "existing" in every other',
          },
        ]),
  ];
}

function ofApi(api: string, options: Api, environment: Declared): readonly NameInAws[] {
  const path = ["apis", api];
  const { customDomain } = options;
  return [
    { what: "log group", name: apiLogGroupName(environment.name, api), within: "region", path },
    ...(customDomain === undefined
      ? []
      : [
          {
            what: "custom domain of API Gateway",
            name: customDomain.name,
            within: "region" as const,
            path: [...path, "customDomain", "name"],
          },
        ]),
    ...inTheNetwork(api, options, environment),
  ];
}

/** The load balancer between an API and its pods, where a route needs one. */
function inTheNetwork(api: string, options: Api, environment: Declared): readonly NameInAws[] {
  const routes = apiRoutes(environment).filter(
    ({ route }) => route.api === api && route.integration.kind === "workload",
  );
  if (routes.length === 0) return [];
  const path = ["apis", api];
  const within = environment.network.kind === "existing" ? { network: environment.network.vpcId } : undefined;
  const groups = [`${environment.name}-${api}-load-balancer`, `${environment.name}-${api}-vpc-link`];
  return [
    { what: "load balancer", name: limitedName(balancerNameLimit, environment.name, api), within: "region", path },
    ...(within === undefined ? [] : groups.map((name) => ({ what: "security group", name, within, path }))),
    ...targetGroups(api, options, environment, routes),
  ];
}

function targetGroups(
  api: string,
  options: Api,
  environment: Declared,
  routes: ReturnType<typeof apiRoutes>,
): readonly NameInAws[] {
  const group = (backend: string, port: number, path: readonly PropertyKey[]): NameInAws => ({
    what: "target group",
    name: limitedName(balancerNameLimit, environment.name, ...backendName(api, backend, port)),
    within: "region",
    path,
  });
  if (options.kind === "rest" && options.reverseProxy.kind === "nginx") {
    return [group("proxy", options.reverseProxy.port, ["apis", api, "reverseProxy"])];
  }
  const ofWorkloads = new Map(routes.map((declared) => [declared.workload, declared]));
  return [...ofWorkloads.values()].map(({ workload, containerPort, path }) => group(workload, containerPort, path));
}
