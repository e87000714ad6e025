import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer";
import type { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import type { Authorization } from "./authorization-schema";
import { allowInvocation, invocationUri } from "./lambda-authorizer";

/** What a method or route says of who may call. */
export interface Authorized {
  readonly type: Exclude<Authorization["kind"], "LAMBDA"> | "CUSTOM";
  readonly authorizerId?: string;
  readonly scopes?: string[];
}

function withScopes(type: Authorized["type"], authorizerId: string, scopes: readonly string[]): Authorized {
  return { type, authorizerId, ...(scopes.length === 0 ? {} : { scopes: [...scopes] }) };
}

/** Authorization of an HTTP API's routes, with the authorizer it needs. */
export function authorizeHttpApi(
  scope: Construct,
  id: string,
  api: { readonly apiId: string; readonly name: string; readonly executionArn: string },
  authorization: Authorization,
): Authorized {
  switch (authorization.kind) {
    case "NONE":
    case "AWS_IAM":
      return { type: authorization.kind };
    case "JWT": {
      const authorizer = new Apigatewayv2Authorizer(scope, id, {
        apiId: api.apiId,
        name: api.name,
        authorizerType: authorization.kind,
        identitySources: ["$request.header.Authorization"],
        jwtConfiguration: { issuer: authorization.issuer, audience: authorization.audience },
      });
      return withScopes(authorization.kind, authorizer.id, authorization.scopes);
    }
    case "LAMBDA": {
      const authorizer = new Apigatewayv2Authorizer(scope, id, {
        apiId: api.apiId,
        name: api.name,
        authorizerType: "REQUEST",
        authorizerUri: invocationUri(authorization),
        authorizerPayloadFormatVersion: "2.0",
        // It answers whether, and needs not know how IAM says so.
        enableSimpleResponses: true,
        identitySources: authorization.identityHeaders.map((header) => `$request.header.${header}`),
        authorizerResultTtlInSeconds: authorization.keptSeconds,
      });
      allowInvocation(scope, `${id}_invocation`, api, authorization);
      return { type: "CUSTOM", authorizerId: authorizer.id };
    }
    case "COGNITO_USER_POOLS":
      throw new Error("an HTTP API has no Cognito authorizer");
    default:
      return assertNever("kind of authorization", authorization);
  }
}
