import type { Construct } from "constructs";
import type { Environment } from "../../platform/environment";
import type { Partition } from "../aws/schema";
import type { RouteTarget } from "../routes/door";
import { type ApiContext, ApiDoor, type ApiRoute } from "./api";
import { LogsRole } from "./logs-role";

export interface ApisProps extends Omit<ApiContext, "logsRole"> {
  readonly partition: Partition;
  readonly apis: Environment["apis"];
  readonly apiGateway: Environment["apiGateway"];
  readonly workloads: Environment["workloads"];
  /** Where the routes of a workload lead, by the workload's name. */
  readonly targets: ReadonlyMap<string, RouteTarget>;
}

/** How the APIs of an environment are reached. */
export interface MadeApis {
  /** Address of an API's stage, without a slash at the end. */
  readonly address: (api: string) => string;
  /** Address of each stage by `<api>`, and of each route by `<api><path>`. */
  readonly invokeUrls: Readonly<Record<string, string>>;
  /** Id of each usage plan, by the API's name. */
  readonly usagePlanIds: Readonly<Record<string, string>>;
}

/** Makes every API of an environment, with the routes of all workloads that name it. */
export function makeApis(scope: Construct, props: ApisProps): MadeApis {
  const { apis, apiGateway, partition, environment, ...context } = props;
  const logsRole =
    apiGateway.logsRole === "create"
      ? new LogsRole(scope, "api-gateway_logs-role", { environment, partition }).ready
      : undefined;
  const routes = routesOf(props);
  const made = Object.entries(apis).map(([name, options]) => {
    const ofApi = routes.filter(({ route }) => route.api === name);
    // An underscore, which no workload's name has, keeps the two apart.
    const door = new ApiDoor(scope, `api_${name}`, { ...context, environment, logsRole, name, options, routes: ofApi });
    return { name, door, paths: ofApi.map(({ route }) => route.path) };
  });
  const urls = new Map(made.map(({ name, door }) => [name, door.url]));
  return {
    address(api) {
      const url = urls.get(api);
      if (url === undefined) throw new Error(`no API ${api}`);
      return url;
    },
    invokeUrls: Object.fromEntries(
      made.flatMap(({ name, door, paths }) => [
        [name, door.url],
        ...paths.map((path) => [`${name}${path}`, `${door.url}${path}`]),
      ]),
    ),
    usagePlanIds: Object.fromEntries(
      made.flatMap(({ name, door }) => (door.usagePlanId === undefined ? [] : [[name, door.usagePlanId]])),
    ),
  };
}

function routesOf({ workloads, targets }: ApisProps): readonly ApiRoute[] {
  return Object.entries(workloads).flatMap(([workload, { routes, servicePort }]) =>
    routes.flatMap((route) => {
      const target = targets.get(workload);
      if (route.kind !== "api-gateway" || target === undefined) return [];
      return [{ workload, servicePort, route, target }];
    }),
  );
}
