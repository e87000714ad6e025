import { z } from "zod";
import type { CallerIdentity } from "./access-entries";
import { type EksToken, EksTokenError } from "./eks-token";

/**
 * Asks STS at this endpoint whose access key a token was signed with.
 *
 * EKS calls the token's URL itself. moto takes a presigned GET without an Authorization header for a call of S3, so the
 * same question goes out as a POST whose header names the token's key. The header's signature is not one: the secret is
 * not known here, and moto checks none. What the token's own signature proves is checked beforehand.
 *
 * @throws EksTokenError when STS refuses the key; another Error when it does not answer
 */
export async function callerIdentity(stsEndpoint: string, token: EksToken): Promise<CallerIdentity> {
  const date = token.url.searchParams.get("X-Amz-Date") ?? "";
  const response = await fetch(stsEndpoint, {
    method: "POST",
    headers: {
      authorization:
        `AWS4-HMAC-SHA256 Credential=${token.accessKeyId}/${token.scope}, ` +
        `SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`,
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "x-amz-date": date,
      ...(token.sessionToken === undefined ? {} : { "x-amz-security-token": token.sessionToken }),
    },
    body: "Action=GetCallerIdentity&Version=2011-06-15",
    signal: AbortSignal.timeout(25_000),
  });
  const text = await response.text();
  const element = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(text)?.[1];
  const identity = z
    .object({ arn: z.string(), account: z.string(), userId: z.string() })
    .safeParse({ arn: element("Arn"), account: element("Account"), userId: element("UserId") });
  if (response.status >= 500) {
    throw new Error(`STS at ${stsEndpoint} answers ${response.status}: ${text}`);
  }
  if (!response.ok || !identity.success) {
    throw new EksTokenError(
      `STS at ${stsEndpoint} does not know access key ${token.accessKeyId}: ${response.status} ${text}`,
    );
  }
  return identity.data;
}
