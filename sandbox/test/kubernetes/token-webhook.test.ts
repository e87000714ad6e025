import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { mintToken } from "../../src/kubernetes/mint-token";
import { startTokenWebhook } from "../../src/kubernetes/token-webhook";

const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult>
  <Arn>arn:aws:iam::123456789012:user/ada</Arn><UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;
const refusal = "<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) {
    await end();
  }
});

/** What the API server is told of a token while STS answers with a status. */
async function reviewed(status: number): Promise<{ readonly code: number; readonly text: string }> {
  const sts: Server = createServer((_, response) => {
    response.writeHead(status).end(status === 200 ? identity : refusal);
  });
  await new Promise<void>((resolve) => sts.listen(0, "127.0.0.1", resolve));
  endings.push(() => sts.close());
  const awsEndpoint = `http://127.0.0.1:${(sts.address() as AddressInfo).port}`;
  const webhook = await startTokenWebhook({
    clusterName: "dev",
    awsEndpoint,
    accessEntries: async () => [],
    applyAccessPolicies: async () => undefined,
  });
  endings.push(() => webhook.close());
  const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };
  const token = await mintToken({ clusterName: "dev", region: "eu-west-1", stsEndpoint: awsEndpoint, credentials });
  const response = await fetch(webhook.url, { method: "POST", body: JSON.stringify({ spec: { token } }) });
  return { code: response.status, text: await response.text() };
}

describe("a token", () => {
  it("is refused where STS does not know its key", async () => {
    const { code, text } = await reviewed(403);
    expect(code).toBe(200);
    expect(JSON.parse(text).status).toMatchObject({
      authenticated: false,
      error: expect.stringContaining("AKIAEXAMPLE"),
    });
  });

  it("is refused where its principal has no access entry", async () => {
    const { code, text } = await reviewed(200);
    expect(code).toBe(200);
    expect(JSON.parse(text).status.error).toContain("has no access entry on cluster dev");
  });

  it("is not refused where STS fails: the API server has to ask again", async () => {
    expect((await reviewed(503)).code).toBe(500);
  });
});
