import { describe, expect, it } from "vitest";
import { decodeEksToken, isSignedFor } from "../../src/kubernetes/eks-token";
import { mintToken } from "../../src/kubernetes/mint-token";

const stsEndpoint = "http://127.0.0.1:5000";
const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret", sessionToken: "a/b+c==" };
const mint = (at?: Date) =>
  mintToken({ clusterName: "dev", region: "eu-west-1", stsEndpoint, credentials, ...(at === undefined ? {} : { at }) });

describe("a token that was minted", () => {
  it("counts for its cluster and no other", async () => {
    const token = decodeEksToken(await mint(), stsEndpoint);
    expect(token).toMatchObject({ accessKeyId: "AKIAEXAMPLE", sessionToken: "a/b+c==" });
    expect(isSignedFor(token, "dev", "secret")).toBe(true);
    expect(isSignedFor(token, "prod", "secret")).toBe(false);
    expect(isSignedFor(token, "dev", "another")).toBe(false);
  });

  it("no longer counts a quarter of an hour after it was signed", async () => {
    const token = await mint(new Date(Date.now() - 16 * 60_000));
    expect(() => decodeEksToken(token, stsEndpoint)).toThrow(/counts for 15 minutes/);
  });
});
