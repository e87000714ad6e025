import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import type { Api } from "./schema";

/** Fields of a line of the access log, by the context variables of API Gateway. */
const common = {
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  ip: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  httpMethod: "$context.httpMethod",
  protocol: "$context.protocol",
  status: "$context.status",
  responseLength: "$context.responseLength",
  integrationStatus: "$context.integration.status",
  integrationLatency: "$context.integration.latency",
  error: "$context.error.message",
};

const fields: { readonly [Kind in Api["kind"]]: Readonly<Record<string, string>> } = {
  rest: {
    ...common,
    resourcePath: "$context.resourcePath",
    caller: "$context.identity.userArn",
    authorizerError: "$context.authorizer.error",
    responseLatency: "$context.responseLatency",
    webAclResponse: "$context.wafResponseCode",
  },
  http: {
    ...common,
    routeKey: "$context.routeKey",
    caller: "$context.identity.userArn",
    authorizerError: "$context.authorizer.error",
    integrationError: "$context.integrationErrorMessage",
  },
};

export interface AccessLogs {
  readonly destinationArn: string;
  /** One JSON object a line. */
  readonly format: string;
}

/** Behind this prefix the size of the account's log resource policy does not count the group. */
export function apiLogGroupName(environment: string, api: string): string {
  return `/aws/vendedlogs/apigateway/${environment}-${api}`;
}

/** Log group and format of an API's access log; undefined where it has none. */
export function makeAccessLogs(
  scope: Construct,
  id: string,
  {
    environment,
    name,
    api,
  }: { readonly environment: string; readonly name: string; readonly api: Pick<Api, "kind" | "accessLogs"> },
): AccessLogs | undefined {
  if (api.accessLogs.kind === "off") return undefined;
  const group = new CloudwatchLogGroup(scope, id, {
    name: apiLogGroupName(environment, name),
    retentionInDays: api.accessLogs.retentionDays,
  });
  return { destinationArn: group.arn, format: JSON.stringify(fields[api.kind]) };
}
