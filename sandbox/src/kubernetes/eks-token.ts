import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** What a token of `aws eks get-token` says: a presigned STS GetCallerIdentity request, taken apart. */
export interface EksToken {
  readonly url: URL;
  readonly accessKeyId: string;
  /** Credential scope, for example `20261121/eu-central-1/sts/aws4_request`. */
  readonly scope: string;
  readonly sessionToken?: string;
  /** Lower case, in the order in which they were signed. */
  readonly signedHeaders: readonly string[];
}

/** The token is not one that EKS would take, or not for this cluster. */
export class EksTokenError extends Error {}

const prefix = "k8s-aws-v1.";

/** The header that ties a token to one cluster: its value is the cluster's name and only the signature holds it. */
const clusterHeader = "x-k8s-aws-id";

/** EKS takes a token for 15 minutes after its signing, whatever X-Amz-Expires says (aws-iam-authenticator). */
const lifetime = 15 * 60_000;

const allowedParameters: readonly string[] = [
  "Action",
  "Version",
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-Security-Token",
  "X-Amz-SignedHeaders",
  "X-Amz-Signature",
];

/** Whether a bearer token is of EKS's kind at all; others belong to other authenticators. */
export function isEksToken(token: string): boolean {
  return token.startsWith(prefix);
}

/**
 * Takes an EKS token apart and refuses what EKS's own authenticator refuses without asking STS: another host, another
 * action, parameters of no use, a missing cluster header, a token from the future or older than 15 minutes.
 *
 * @param stsEndpoint URL of the STS endpoint that the token has to point at
 * @throws EksTokenError with the reason
 */
export function decodeEksToken(token: string, stsEndpoint: string, now: Date = new Date()): EksToken {
  const text = Buffer.from(token.slice(prefix.length), "base64url").toString("utf8");
  if (!isEksToken(token) || !URL.canParse(text)) {
    throw new EksTokenError(`the token is not ${prefix} and the base64url of a URL`);
  }
  const url = new URL(text);
  const expected = new URL(stsEndpoint);
  if (url.origin !== expected.origin || url.pathname !== "/") {
    throw new EksTokenError(
      `the token asks ${url.origin}${url.pathname}, this cluster trusts ${expected.origin}/ only`,
    );
  }
  const strange = [...url.searchParams.keys()].filter((name) => !allowedParameters.includes(name));
  if (strange.length > 0) {
    throw new EksTokenError(`the token's URL has parameters that no presigned GetCallerIdentity has: ${strange}`);
  }
  const parameter = (name: string): string => {
    const values = url.searchParams.getAll(name);
    if (values.length !== 1 || values[0] === undefined) {
      throw new EksTokenError(`the token's URL has ${values.length} parameters ${name}, it needs one`);
    }
    return values[0];
  };
  if (parameter("Action") !== "GetCallerIdentity") {
    throw new EksTokenError(`the token asks STS for ${parameter("Action")}, not for GetCallerIdentity`);
  }
  const signedHeaders = parameter("X-Amz-SignedHeaders").split(";");
  if (!signedHeaders.includes(clusterHeader)) {
    throw new EksTokenError(`the token's signature does not cover ${clusterHeader}, so it is for no cluster`);
  }
  const age = now.getTime() - signingTime(parameter("X-Amz-Date")).getTime();
  if (!(age > -lifetime && age < lifetime)) {
    throw new EksTokenError(`the token was signed at ${parameter("X-Amz-Date")}, it counts for 15 minutes`);
  }
  const [accessKeyId = "", ...scope] = parameter("X-Amz-Credential").split("/");
  return {
    url,
    accessKeyId,
    scope: scope.join("/"),
    sessionToken: url.searchParams.get("X-Amz-Security-Token") ?? undefined,
    signedHeaders,
  };
}

/**
 * Whether the token was signed with this secret for this cluster: AWS Signature Version 4 of the presigned request, with
 * the cluster's name as the value of `x-k8s-aws-id`.
 */
export function isSignedFor(token: EksToken, clusterName: string, secretAccessKey: string): boolean {
  const headers = new Map([
    ["host", token.url.host],
    [clusterHeader, clusterName],
  ]);
  const canonicalHeaders = token.signedHeaders.map((name) => `${name}:${headers.get(name) ?? ""}\n`).join("");
  const canonicalQuery = [...token.url.searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .sort()
    .join("&");
  const request = ["GET", "/", canonicalQuery, canonicalHeaders, token.signedHeaders.join(";"), sha256("")].join("\n");
  const date = token.url.searchParams.get("X-Amz-Date") ?? "";
  const toSign = ["AWS4-HMAC-SHA256", date, token.scope, sha256(request)].join("\n");
  const key = token.scope
    .split("/")
    .reduce<string | Buffer>((previous, part) => hmac(previous, part), `AWS4${secretAccessKey}`);
  const signature = Buffer.from(token.url.searchParams.get("X-Amz-Signature") ?? "", "hex");
  const expected = hmac(key, toSign);
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

/** `20261121T080000Z` as a time. */
function signingTime(date: string): Date {
  return new Date(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

/** RFC 3986, as Signature Version 4 asks: encodeURIComponent leaves four characters more. */
function uriEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
