import type { ListenerRuleConfiguration } from "../../.gen/gateway.k8s.aws/v1/listener-rule-configuration";
import { assertNever } from "../schema/assert-never";
import type { Callers } from "./schema";

type Action = NonNullable<NonNullable<ListenerRuleConfiguration["spec"]>["actions"]>[number];

function action(callers: Callers): Action | undefined {
  switch (callers.kind) {
    case "anyone":
      return undefined;
    case "oidc":
      return {
        type: "authenticate-oidc",
        authenticateOIDCConfig: {
          issuer: callers.issuer,
          authorizationEndpoint: callers.authorizationEndpoint,
          tokenEndpoint: callers.tokenEndpoint,
          userInfoEndpoint: callers.userInfoEndpoint,
          secret: { name: callers.secretName },
          scope: callers.scope,
          sessionTimeout: callers.sessionSeconds,
          onUnauthenticatedRequest: callers.unauthenticated,
        },
      };
    case "cognito":
      return {
        type: "authenticate-cognito",
        authenticateCognitoConfig: {
          userPoolArn: callers.userPoolArn,
          userPoolClientId: callers.userPoolClientId,
          userPoolDomain: callers.userPoolDomain,
          scope: callers.scope,
          sessionTimeout: callers.sessionSeconds,
          onUnauthenticatedRequest: callers.unauthenticated,
        },
      };
    case "jwt":
      return {
        type: "jwt-validation",
        jwtValidationConfig: {
          issuer: callers.issuer,
          jwksEndpoint: callers.jwksEndpoint,
          ...(callers.claims.length === 0 ? {} : { additionalClaims: callers.claims }),
        },
      };
    default:
      return assertNever("callers", callers);
  }
}

/**
 * What an HTTPRoute of the same namespace names to have callers checked; undefined where everybody may call.
 * Source: "ListenerRuleConfiguration" in the AWS Load Balancer Controller's Gateway guide.
 */
export function callersConfiguration(
  name: string,
  namespace: string,
  callers: Callers,
): ListenerRuleConfiguration | undefined {
  const check = action(callers);
  if (check === undefined) return undefined;
  return {
    apiVersion: "gateway.k8s.aws/v1",
    kind: "ListenerRuleConfiguration",
    metadata: { name, namespace },
    spec: { actions: [check] },
  };
}
