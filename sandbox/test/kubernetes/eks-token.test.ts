import { describe, expect, it } from "vitest";
import { decodeEksToken, isEksToken, isSignedFor } from "../../src/kubernetes/eks-token";

/** Made by `aws eks get-token --cluster-name seeds` with the example credentials of AWS's documentation. */
const presigned =
  "http://127.0.0.1:5000/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256" +
  "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261121%2Feu-central-1%2Fsts%2Faws4_request" +
  "&X-Amz-Date=20261121T083612Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id" +
  "&X-Amz-Signature=6e212012ba6682f30f714898ff3c11c36fbbf89d9f5a1fd196c4e6c7cfc14fcb";
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const endpoint = "http://127.0.0.1:5000";
const signedAt = new Date("2026-11-21T08:36:12Z");
const minutesLater = (minutes: number) => new Date(signedAt.getTime() + minutes * 60_000);

const tokenOf = (url: string) => `k8s-aws-v1.${Buffer.from(url).toString("base64url")}`;
const decode = (url: string, at = signedAt) => decodeEksToken(tokenOf(url), endpoint, at);

describe("a token of aws eks get-token", () => {
  it("names the access key and the scope that it was signed in", () => {
    const { accessKeyId, scope, sessionToken } = decode(presigned);
    expect(accessKeyId).toBe("AKIAIOSFODNN7EXAMPLE");
    expect(scope).toBe("20261121/eu-central-1/sts/aws4_request");
    expect(sessionToken).toBeUndefined();
  });

  it("carries the session token of temporary credentials", () => {
    expect(decode(`${presigned}&X-Amz-Security-Token=abc%2F%2B`).sessionToken).toBe("abc/+");
  });

  it("counts for 15 minutes from its signing", () => {
    expect(() => decode(presigned, minutesLater(14))).not.toThrow();
    expect(() => decode(presigned, minutesLater(15))).toThrow(/counts for 15 minutes/);
    expect(() => decode(presigned, minutesLater(-15))).toThrow(/counts for 15 minutes/);
  });

  it.each([
    ["of another endpoint", presigned.replace("127.0.0.1:5000", "127.0.0.1:5001"), /trusts http:\/\/127\.0\.0\.1:5000/],
    ["of another path", presigned.replace("/?", "/bucket?"), /asks http:\/\/127\.0\.0\.1:5000\/bucket/],
    ["for another action", presigned.replace("GetCallerIdentity", "AssumeRole"), /asks STS for AssumeRole/],
    ["for no cluster", presigned.replace("%3Bx-k8s-aws-id", ""), /does not cover x-k8s-aws-id/],
    ["without a date", presigned.replace("X-Amz-Date", "Version2"), /parameters that no presigned/],
    ["with a parameter twice", `${presigned}&Action=GetCallerIdentity`, /has 2 parameters Action/],
    ["with a date that is none", presigned.replace("20261121T083612Z", "yesterday"), /counts for 15 minutes/],
  ])("is refused when it is %s", (_, url, reason) => {
    expect(() => decode(url)).toThrow(reason);
  });

  it("is told from the tokens of other authenticators", () => {
    expect(isEksToken(tokenOf(presigned))).toBe(true);
    expect(isEksToken("eyJhbGciOiJSUzI1NiJ9.e30.c2ln")).toBe(false);
    expect(() => decodeEksToken("k8s-aws-v1.bm90IGEgdXJs", endpoint)).toThrow(/base64url of a URL/);
  });
});

describe("a token's signature", () => {
  it("is for one cluster and of one secret", () => {
    const token = decode(presigned);
    expect(isSignedFor(token, "seeds", secret)).toBe(true);
    expect(isSignedFor(token, "dev", secret)).toBe(false);
    expect(isSignedFor(token, "seeds", "another secret")).toBe(false);
  });

  it("does not cover a URL that was changed afterwards", () => {
    expect(isSignedFor(decode(presigned.replace("Expires=60", "Expires=900")), "seeds", secret)).toBe(false);
  });
});
