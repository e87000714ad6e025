import { z } from "zod";
import type { Answer, Call } from "../exchange";
import { Iam } from "../iam/client";
import { providersTrustedFor, type WebIdentity } from "../iam/trust-policy";
import type { MotoClient } from "../moto-client";
import { parametersOf, queryError } from "../query-protocol";

const claims = z.looseObject({ sub: z.string(), aud: z.union([z.string(), z.array(z.string())]).default([]) });

/**
 * Whether STS would refuse an AssumeRoleWithWebIdentity: the role's trust policy has to take the token's service account
 * and audience from an OIDC provider that IAM has. moto lets everybody in. The token's signature and issuer are not
 * looked at: the sandbox's API server signs its own tokens, whatever issuer EKS gave the cluster.
 *
 * @returns the refusal, or undefined when moto may answer
 */
export async function webIdentityRefusal(moto: MotoClient, call: Call): Promise<Answer | undefined> {
  const parameters = parametersOf(call);
  const identity = webIdentityOf(parameters.get("WebIdentityToken") ?? "");
  if (identity === undefined) {
    return queryError("InvalidIdentityToken", "The ID Token provided is not a valid JWT.", 400);
  }
  const iam = new Iam(moto, call.scope.region);
  const statements = (await iam.trustOf(parameters.get("RoleArn") ?? "")) ?? [];
  const providers = await iam.oidcProviders();
  return providersTrustedFor(statements, identity).some((provider) => providers.includes(provider))
    ? undefined
    : queryError("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", 403);
}

/** What a service account's token says of its holder; undefined when it is no token. */
export function webIdentityOf(token: string): WebIdentity | undefined {
  try {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    const { sub, aud } = claims.parse(JSON.parse(payload));
    return { subject: sub, audiences: typeof aud === "string" ? [aud] : aud };
  } catch {
    return undefined;
  }
}
