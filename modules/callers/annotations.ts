import { assertNever } from "../schema/assert-never";
import type { Callers } from "./schema";

interface Session {
  readonly scope: string;
  readonly sessionSeconds: number;
  readonly unauthenticated: string;
}

function sessionAnnotations({ scope, sessionSeconds, unauthenticated }: Session): Readonly<Record<string, string>> {
  return {
    "auth-scope": scope,
    "auth-session-timeout": String(sessionSeconds),
    "auth-on-unauthenticated-request": unauthenticated,
  };
}

/**
 * Annotations of an Ingress, behind their prefix, by which an ALB checks who calls.
 * Source: "Authentication" and "JWT validation" in the AWS Load Balancer Controller's Ingress annotations.
 */
export function callerAnnotations(callers: Callers): Readonly<Record<string, string>> {
  switch (callers.kind) {
    case "anyone":
      return {};
    case "oidc": {
      const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, secretName } = callers;
      return {
        "auth-type": "oidc",
        "auth-idp-oidc": JSON.stringify({ issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, secretName }),
        ...sessionAnnotations(callers),
      };
    }
    case "cognito": {
      const { userPoolArn, userPoolClientId, userPoolDomain } = callers;
      return {
        "auth-type": "cognito",
        "auth-idp-cognito": JSON.stringify({
          userPoolARN: userPoolArn,
          userPoolClientID: userPoolClientId,
          userPoolDomain,
        }),
        ...sessionAnnotations(callers),
      };
    }
    case "jwt": {
      const { jwksEndpoint, issuer, claims } = callers;
      return {
        "jwt-validation": JSON.stringify({
          jwksEndpoint,
          issuer,
          ...(claims.length === 0 ? {} : { additionalClaims: claims }),
        }),
      };
    }
    default:
      return assertNever("callers", callers);
  }
}
