import type { Construct } from "constructs";
import type { DoorContext } from "../door/door";
import { type RoutedWorkloads, routesOfKind } from "../workloads/routes";
import { ApiDoor, type ApiRoute } from "./api";
import { LogsRole } from "./logs-role";
import type { ApiGatewayRoute } from "./route-schema";
import type { ApiGatewayOptions, Apis } from "./schema";

/** What the APIs of an environment are made from. */
export interface DeclaredApis {
  readonly apis: Apis;
  readonly apiGateway: ApiGatewayOptions;
  readonly workloads: RoutedWorkloads & Readonly<Record<string, { readonly servicePort: number }>>;
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
export function makeApis(scope: Construct, declared: DeclaredApis, context: DoorContext): MadeApis {
  const { apis, apiGateway } = declared;
  const { environmentName: environment, aws, network } = context;
  const logsRole =
    apiGateway.logsRole === "create"
      ? new LogsRole(scope, "api-gateway_logs-role", { environment, partition: aws.partition }).ready
      : undefined;
  const routes = routesOf(declared, context);
  const made = Object.entries(apis).map(([name, options]) => {
    const ofApi = routes.filter(({ route }) => route.api === name);
    // An underscore, which no workload's name has, keeps the two apart.
    const door = new ApiDoor(scope, `api_${name}`, {
      environment,
      region: aws.region,
      network: {
        vpcId: network.vpcId,
        vpcCidr: network.vpcCidr,
        privateSubnetIds: network.allPrivateSubnetIds,
      },
      certificateArn: context.certificateArn,
      webAclArn: context.webAclArn,
      balancers: context.balancers,
      trustBundle: context.trustBundle,
      zoneId: context.zoneId,
      userArn: context.userArn,
      logsRole,
      name,
      options,
      routes: ofApi,
    });
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

function routesOf({ workloads }: DeclaredApis, { targets }: DoorContext): readonly ApiRoute[] {
  return routesOfKind<ApiGatewayRoute>(workloads, "api-gateway").flatMap(({ owner: { name: workload }, route }) => {
    const target = targets.get(workload);
    const servicePort = workloads[workload]?.servicePort;
    return target === undefined || servicePort === undefined ? [] : [{ workload, servicePort, route, target }];
  });
}
