import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Call } from "../../src/aws/exchange";
import { Store } from "../../src/aws/store";
import { serviceNetworkExtension } from "../../src/aws/vpc-lattice/service-networks";

const folder = mkdtempSync(join(tmpdir(), "lattice-"));
const extension = serviceNetworkExtension(Store.open(join(folder, "store.json"), 1), "123456789012");
const policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });

async function call(method: Call["method"], path: string, body: object = {}) {
  const answer = await extension.answer({
    method,
    path,
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
    scope: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", region: "eu-central-1", service: "vpc-lattice" },
  });
  return answer === undefined ? undefined : { status: answer.status, ...JSON.parse(String(answer.body)) };
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the auth policy of a service network", () => {
  it("is put, read by id and by ARN, and gone with a delete", async () => {
    const { id, arn } = await call("POST", "/servicenetworks", { name: "mesh", authType: "AWS_IAM" });
    const byArn = `/authpolicy/${encodeURIComponent(arn)}`;
    expect(await call("GET", byArn)).toMatchObject({ status: 404 });
    expect(await call("PUT", byArn, { policy })).toEqual({ status: 200, policy, state: "Active" });
    expect(await call("GET", `/authpolicy/${id}`)).toMatchObject({ status: 200, policy, state: "Active" });
    expect(await call("DELETE", byArn)).toMatchObject({ status: 200 });
    expect(await call("GET", byArn)).toMatchObject({ status: 404 });
  });

  it("counts for nothing while the network asks nobody for a signature", async () => {
    const { arn } = await call("POST", "/servicenetworks", { name: "open" });
    const path = `/authpolicy/${encodeURIComponent(arn)}`;
    expect(await call("PUT", path, { policy })).toMatchObject({ state: "Inactive" });
  });

  it("is a document of IAM", async () => {
    const { arn } = await call("POST", "/servicenetworks", { name: "wrong" });
    const path = `/authpolicy/${encodeURIComponent(arn)}`;
    expect(await call("PUT", path, { policy: "{" })).toMatchObject({ status: 400 });
  });

  it("of what is no service network is left to whoever has that", async () => {
    expect(await call("GET", "/authpolicy/svc-0123456789abcdef0")).toBeUndefined();
  });
});
