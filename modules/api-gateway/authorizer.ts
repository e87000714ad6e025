import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer";
import type { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import type { Authorization } from "./authorization-schema";

/** What a method or route says of who may call. */
export interface Authorized {
  readonly type: Authorization["kind"];
  readonly authorizerId?: string;
  readonly scopes?: string[];
}

function withScopes(type: Authorization["kind"], authorizerId: string, scopes: readonly string[]): Authorized {
  return { type, authorizerId, ...(scopes.length === 0 ? {} : { scopes: [...scopes] }) };
}

/** Authorization of an HTTP API's routes, with the authorizer it needs. */
export function authorizeHttpApi(
  scope: Construct,
  id: string,
  api: { readonly apiId: string; readonly name: string },
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
    case "COGNITO_USER_POOLS":
      throw new Error("an HTTP API has no Cognito authorizer");
    default:
      return assertNever("kind of authorization", authorization);
  }
}
