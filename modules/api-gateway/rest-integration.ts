import type { ApiGatewayIntegrationConfig } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { assertNever } from "../schema/assert-never";
import type { ApiLoadBalancer } from "./load-balancer";
import { backendPath, isGreedy, type PlannedMethod, type PlannedRoute, timeoutLimits } from "./plan";
import type { RestApiOptions } from "./rest-schema";

/** The way from a REST API into the VPC. */
export interface PrivateWay {
  readonly kind: RestApiOptions["vpcLink"]["kind"];
  readonly vpcLinkId: string;
  readonly loadBalancer: ApiLoadBalancer;
  /** Port of the listener that a route goes to. */
  readonly portOf: (route: PlannedRoute) => number;
}

/** Arguments of an integration, its place in the API aside. */
export type RestIntegration = Pick<
  ApiGatewayIntegrationConfig,
  | "type"
  | "integrationHttpMethod"
  | "uri"
  | "connectionType"
  | "connectionId"
  | "integrationTarget"
  | "passthroughBehavior"
  | "requestParameters"
  | "requestTemplates"
  | "timeoutMilliseconds"
>;

const greedyParameter = { "integration.request.path.proxy": "method.request.path.proxy" };

function address(scheme: "http" | "https", host: string, port: number, path: string): string {
  const standard = scheme === "http" ? 80 : 443;
  return `${scheme}://${host}${port === standard ? "" : `:${port}`}${path}`;
}

/**
 * Puts the path in the place of the one that a V2 link would send, which begins with the stage's name.
 * Source: API Gateway developer guide, "Private integrations for REST APIs", considerations: an override of
 * `$context.requestOverride.path`; "Override your API's request and response parameters".
 */
function pathWithoutStage(path: string): string {
  const value = isGreedy(path)
    ? `#set($path = "${path.slice(0, path.lastIndexOf("/"))}/$input.params('proxy')")`
    : `#set($path = "${path}")`;
  return `${value}\n#set($context.requestOverride.path = $path)\n$input.body`;
}

/**
 * V1: the `uri` is the whole address, and its path is the one that arrives. V2: `integration_target` leads to the load
 * balancer, the `uri` gives host and port, and the path is that of the call with the stage in front, so it is
 * overridden, for each content type by itself.
 */
function toVpc(
  method: PlannedMethod<PlannedRoute>,
  way: PrivateWay,
  vpcLink: RestApiOptions["vpcLink"],
): Partial<RestIntegration> & Pick<RestIntegration, "type"> {
  const { loadBalancer, vpcLinkId } = way;
  const base = {
    type: "HTTP_PROXY",
    connectionType: "VPC_LINK",
    connectionId: vpcLinkId,
    uri: address("http", loadBalancer.dnsName, way.portOf(method.from), backendPath(method.path)),
  };
  switch (vpcLink.kind) {
    case "v1":
      return { ...base, passthroughBehavior: "WHEN_NO_MATCH" };
    case "v2":
      return {
        ...base,
        integrationTarget: loadBalancer.arn,
        // A call that no template fits would arrive with the stage in its path.
        passthroughBehavior: "NEVER",
        requestTemplates: Object.fromEntries(vpcLink.contentTypes.map((type) => [type, pathWithoutStage(method.path)])),
      };
    default:
      return assertNever("kind of VPC link", vpcLink);
  }
}

/** What a method of a REST API hands its calls to. */
export function restIntegration(
  method: PlannedMethod<PlannedRoute>,
  way: PrivateWay | undefined,
  vpcLink: RestApiOptions["vpcLink"],
): RestIntegration {
  const { route } = method.from;
  const { integration } = route;
  const parameters = isGreedy(method.path) ? greedyParameter : {};
  const shared = {
    integrationHttpMethod: method.httpMethod,
    timeoutMilliseconds: route.timeoutMilliseconds ?? timeoutLimits.rest,
  };
  switch (integration.kind) {
    case "workload":
      if (way === undefined) throw new Error(`no way into the VPC for ${method.path}`);
      return {
        ...shared,
        ...toVpc(method, way, vpcLink),
        requestParameters: {
          ...parameters,
          // API Gateway hands compressed answers on as text, which spoils them.
          "integration.request.header.Accept-Encoding": "'identity'",
        },
      };
    case "public-host": {
      const scheme = integration.tls.kind === "on" ? "https" : "http";
      return {
        ...shared,
        type: integration.type,
        passthroughBehavior: "WHEN_NO_MATCH",
        uri: address(scheme, integration.host, scheme === "https" ? 443 : 80, backendPath(method.path)),
        ...(isGreedy(method.path) ? { requestParameters: parameters } : {}),
      };
    }
    default:
      return assertNever("kind of integration", integration);
  }
}
