import { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startChartRepository } from "../../src/charts/repository";
import { temporaryFolder } from "../fixtures";

/** A repository of these packages, each with its name as content. */
async function repositoryOf(
  ...files: readonly string[]
): Promise<{ readonly address: string; readonly folder: string }> {
  const folder = join(temporaryFolder(), "charts");
  mkdirSync(folder);
  for (const file of files) {
    writeFileSync(join(folder, file), file);
  }
  const { address, close } = await startChartRepository(folder);
  onTestFinished(close);
  return { address, folder };
}

const indexOf = async (address: string) => JSON.parse(await (await fetch(`${address}/index.yaml`)).text());

/** `fetch` would resolve the dots of a path itself. */
function statusOf(address: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(address, { path }, (response) => resolve(response.resume().statusCode))
      .once("error", reject)
      .end();
  });
}

describe("the chart repository", () => {
  it("listens on loopback only", async () => {
    expect(new URL((await repositoryOf()).address).hostname).toBe("127.0.0.1");
  });

  it.each([
    ["cert-manager-v1.21.1.tgz", "cert-manager", "v1.21.1"],
    ["apigatewayv2-chart-1.4.1.tgz", "apigatewayv2-chart", "1.4.1"],
    ["aws-gateway-controller-chart-v2.1.3.tgz", "aws-gateway-controller-chart", "v2.1.3"],
    ["ingress-nginx-4.15.1-rc.1.tgz", "ingress-nginx", "4.15.1-rc.1"],
  ])("lists %s as chart %s of version %s", async (file, name, version) => {
    const { address } = await repositoryOf(file);
    expect(await indexOf(address)).toEqual({
      apiVersion: "v1",
      entries: { [name]: [{ apiVersion: "v2", name, version, urls: [file] }] },
    });
  });

  it("lists every version of a chart, and nothing that is no packaged chart", async () => {
    const { address } = await repositoryOf("kube2iam-3.0.0.tgz", "kube2iam-2.6.0.tgz", "sources.json", "notes.tgz");
    const { entries } = await indexOf(address);
    expect(Object.keys(entries)).toEqual(["kube2iam"]);
    expect(entries["kube2iam"].map(({ version }: { readonly version: string }) => version)).toEqual(["2.6.0", "3.0.0"]);
  });

  it("serves a package, also one that came after the start", async () => {
    const { address, folder } = await repositoryOf();
    writeFileSync(join(folder, "external-dns-1.21.1.tgz"), "late");
    const response = await fetch(`${address}/external-dns-1.21.1.tgz`);
    expect([response.status, await response.text()]).toEqual([200, "late"]);
    expect(Object.keys((await indexOf(address)).entries)).toEqual(["external-dns"]);
  });

  it.each([
    "/",
    "/external-dns-9.9.9.tgz",
    "/sources.json",
    "/../secret.tgz",
    "/%2e%2e/secret.tgz",
    "/..%2fsecret.tgz",
  ])("answers 404 to %s", async (path) => {
    const { address, folder } = await repositoryOf("sources.json");
    writeFileSync(join(folder, "..", "secret.tgz"), "secret");
    expect(await statusOf(address, path)).toBe(404);
  });

  it("answers no more once it is closed", async () => {
    const { address, close } = await startChartRepository(temporaryFolder());
    await close();
    await expect(fetch(`${address}/index.yaml`)).rejects.toThrow();
  });
});
