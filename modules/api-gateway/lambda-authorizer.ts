import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { Construct } from "constructs";
import { parseArn } from "../schema/arn";
import type { Authorization } from "./authorization-schema";

export type LambdaAuthorization = Extract<Authorization, { readonly kind: "LAMBDA" }>;

/** Address by which API Gateway calls a function. Source: "Input to an API Gateway Lambda authorizer". */
export function invocationUri({ functionArn }: LambdaAuthorization): string {
  const { partition, region } = parseArn(functionArn);
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

/** Lets the authorizers of one API, and of no other, invoke the function. */
export function allowInvocation(
  scope: Construct,
  id: string,
  api: { readonly executionArn: string },
  { functionArn }: LambdaAuthorization,
): void {
  new LambdaPermission(scope, id, {
    functionName: functionArn,
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    sourceArn: `${api.executionArn}/authorizers/*`,
  });
}
