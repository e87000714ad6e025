import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkSignature, type SignedRequest } from "../../src/traffic/api-gateway/signature";

const now = new Date("2026-12-01T10:00:00Z");
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const key = { secretAccessKey: secret, principalArn: "arn:aws:iam::123456789012:user/reader" };
const keyOf = (id: string) => (id === "AKIDEXAMPLE" ? key : undefined);

const hmac = (by: string | Buffer, text: string) => createHmac("sha256", by).update(text).digest();

/** A request signed by hand, after the steps of AWS's own description of version 4. */
function signed(change: Partial<SignedRequest> = {}): SignedRequest {
  const host = "a1.execute-api.eu-west-1.amazonaws.com";
  const date = "20261201T100000Z";
  const scope = "20261201/eu-west-1/execute-api/aws4_request";
  const empty = createHash("sha256").update("").digest("hex");
  const canonical = [
    "GET",
    "/prod/books",
    "a=1&b=2",
    `host:${host}`,
    `x-amz-date:${date}`,
    "",
    "host;x-amz-date",
    empty,
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", date, scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
  const signing = ["eu-west-1", "execute-api", "aws4_request"].reduce(hmac, hmac(`AWS4${secret}`, "20261201"));
  const signature = hmac(signing, text).toString("hex");
  return {
    method: "GET",
    host,
    path: "/prod/books",
    query: new URLSearchParams("b=2&a=1"),
    headers: {
      host,
      "x-amz-date": date,
      authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    },
    body: Buffer.alloc(0),
    ...change,
  };
}

describe("a signature", () => {
  it("of a known key tells who signed", async () => {
    expect(await checkSignature(signed(), keyOf, now)).toEqual({ kind: "right", principalArn: key.principalArn });
  });

  it("of another path, method, query or body is wrong", async () => {
    for (const change of [
      { path: "/prod/authors" },
      { method: "POST" },
      { query: new URLSearchParams("a=1&b=3") },
      { body: Buffer.from("more") },
    ]) {
      expect(await checkSignature(signed(change), keyOf, now)).toMatchObject({ kind: "wrong" });
    }
  });

  it("of an unknown key is wrong", async () => {
    expect(await checkSignature(signed(), () => undefined, now)).toMatchObject({ kind: "wrong" });
  });

  it("counts for five minutes", async () => {
    const late = new Date(now.getTime() + 6 * 60_000);
    expect(await checkSignature(signed(), keyOf, late)).toMatchObject({ kind: "wrong", message: "Signature expired" });
  });

  it("that is not there is none", async () => {
    expect(await checkSignature(signed({ headers: {} }), keyOf, now)).toEqual({ kind: "none" });
  });
});
