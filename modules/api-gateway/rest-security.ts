import { assertNever } from "../schema/assert-never";
import type { Authorization } from "./authorization-schema";
import { invocationUri } from "./lambda-authorizer";

/** A way to sign a call, as OpenAPI and API Gateway's extensions of it have it. */
export interface SecurityScheme {
  readonly type: "apiKey";
  readonly name: string;
  readonly in: "header";
  readonly "x-amazon-apigateway-authtype"?: string;
  readonly "x-amazon-apigateway-authorizer"?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** What callers of a method have to show. */
export interface Secured {
  /** Name of the scheme; undefined where nobody has to sign. */
  readonly scheme: string | undefined;
  readonly definition: SecurityScheme | undefined;
  readonly scopes: readonly string[];
}

const inHeader = (name: string) => ({ type: "apiKey", name, in: "header" }) as const;

/** Scheme of callers with a key of a usage plan. */
export const apiKey = { name: "api_key", definition: inHeader("x-api-key") } as const;

/**
 * Authorization of a REST API's methods.
 * Source: API Gateway developer guide, "x-amazon-apigateway-authtype property", "x-amazon-apigateway-authorizer object".
 *
 * @param name of the authorizer, unique in the API.
 */
export function restSecurity(name: string, authorization: Authorization): Secured {
  switch (authorization.kind) {
    case "NONE":
      return { scheme: undefined, definition: undefined, scopes: [] };
    case "AWS_IAM":
      return {
        scheme: "sigv4",
        definition: { ...inHeader("Authorization"), "x-amazon-apigateway-authtype": "awsSigv4" },
        scopes: [],
      };
    case "COGNITO_USER_POOLS":
      return {
        scheme: name,
        definition: {
          ...inHeader("Authorization"),
          "x-amazon-apigateway-authtype": "cognito_user_pools",
          "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: authorization.userPoolArns },
        },
        scopes: authorization.scopes,
      };
    case "LAMBDA":
      return {
        scheme: name,
        definition: {
          ...inHeader(authorization.identityHeaders[0] ?? "Authorization"),
          "x-amazon-apigateway-authtype": "custom",
          "x-amazon-apigateway-authorizer": {
            type: "request",
            authorizerUri: invocationUri(authorization),
            identitySource: authorization.identityHeaders.map((header) => `method.request.header.${header}`).join(", "),
            authorizerResultTtlInSeconds: authorization.keptSeconds,
          },
        },
        scopes: [],
      };
    case "JWT":
      throw new Error("a REST API has no JWT authorizer");
    default:
      return assertNever("kind of authorization", authorization);
  }
}
