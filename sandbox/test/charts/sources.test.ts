import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ChartRelease } from "../../src/charts/releases";
import { chooseCharts, overrideAddresses, overrideFile, readCharts } from "../../src/charts/sources";
import { temporaryFolder } from "../fixtures";
import { closedAddress, packagedCharts, releaseOf, repositoryAnswering, stackWithFolder } from "./fixtures";

const kinds = async (releases: readonly ChartRelease[], folder: string, packaged?: string) =>
  (await chooseCharts(releases, folder, packaged)).map(({ source }) => source.kind);

describe("where a chart comes from", () => {
  it("is the folder that is given, where it has the chart in the release's version", async () => {
    const release = await releaseOf("cert-manager");
    const folder = join(temporaryFolder(), "charts");
    const packaged = packagedCharts([release, { ...release, version: "9.9.9" }], "the real chart");
    expect(await kinds([release], folder, packaged)).toEqual(["folder"]);
    expect(readFileSync(join(folder, "cert-manager-1.2.3.tgz"), "utf8")).toBe("the real chart");
    expect(existsSync(join(folder, "cert-manager-9.9.9.tgz"))).toBe(false);
  });

  it.each([200, 401])(
    "is its own address where that answers %s, and nothing is served in its place",
    async (status) => {
      const { address: repository } = await repositoryAnswering(status);
      const folder = temporaryFolder();
      expect(await kinds([await releaseOf("cert-manager", { repository })], folder)).toEqual(["address"]);
      expect(readdirSync(folder)).toEqual(["sources.json"]);
    },
  );

  it.each([403, 404, 500])("is a stand-in where its own address answers %s", async (status) => {
    const { address: repository } = await repositoryAnswering(status);
    expect(await kinds([await releaseOf("kube2iam-chart", { repository })], temporaryFolder())).toEqual(["stand-in"]);
  });

  it("is a stand-in where its own address cannot be reached, be it a repository or a registry", async () => {
    const registry = (await closedAddress()).replace("http:", "oci:");
    const releases = [
      await releaseOf("external-dns"),
      await releaseOf("emissary-ingress", { repository: `${registry}/charts` }),
    ];
    const folder = temporaryFolder();
    expect(await kinds(releases, folder)).toEqual(["stand-in", "stand-in"]);
    expect(readdirSync(folder)).toEqual(["emissary-ingress-1.2.3.tgz", "external-dns-1.2.3.tgz", "sources.json"]);
  });

  it("is found for each chart by itself", async () => {
    const real = await releaseOf("cert-manager");
    const releases = [await releaseOf("external-dns"), real];
    const packaged = packagedCharts([real], "the real chart");
    expect(await kinds(releases, temporaryFolder(), packaged)).toEqual(["stand-in", "folder"]);
  });

  it("is asked of a repository once for all its charts, without fetching the index", async () => {
    const { address: repository, asked } = await repositoryAnswering(200);
    const releases = [await releaseOf("a", { repository }), await releaseOf("b", { repository })];
    await chooseCharts(releases, temporaryFolder(), undefined);
    expect(asked).toEqual(["HEAD /index.yaml"]);
  });

  it.each([
    ["is not there", () => join(temporaryFolder(), "charts")],
    ["holds no packaged chart", () => temporaryFolder()],
  ])("is an error where the folder that is given %s, before anything is written", async (_, packaged) => {
    const given = packaged();
    const folder = join(temporaryFolder(), "charts");
    await expect(chooseCharts([await releaseOf("cert-manager")], folder, given)).rejects.toThrow(
      `SANDBOX_CHARTS: ${given} holds no packaged chart, so it cannot be where the charts come from. Name a folder with ` +
        "files such as cert-manager-v1.21.1.tgz, or unset it.",
    );
    expect(existsSync(folder)).toBe(false);
  });

  it("is remembered, and unknown for a chart that came later", async () => {
    const releases = [await releaseOf("kube2iam-chart")];
    const folder = temporaryFolder();
    const chosen = await chooseCharts(releases, folder, undefined);
    expect(readCharts([...releases, await releaseOf("external-dns")], folder)).toEqual(chosen);
  });
});

describe("the address of a chart's repository", () => {
  const overrideOf = (folder: string) => JSON.parse(readFileSync(join(folder, overrideFile), "utf8"));

  it("is the sandbox's for every chart that the sandbox serves, and stays as it is for others", async () => {
    const stack = stackWithFolder("dev-controllers");
    const sourced = async (chart: string, kind: "folder" | "address" | "stand-in") => ({
      release: await releaseOf(chart, { stack }),
      source: { kind },
    });
    const charts = [
      await sourced("cert-manager", "folder"),
      await sourced("external-dns", "address"),
      await sourced("kube2iam-chart", "stand-in"),
    ];
    overrideAddresses(charts, "http://127.0.0.1:8080");
    const repository = "http://127.0.0.1:8080";
    expect(overrideOf(stack.folder)).toEqual({
      resource: { helm_release: { cert_manager: { repository }, kube2iam_chart: { repository } } },
    });
  });

  it("changes nothing of a stack whose charts all come from their own address: Terraform takes no empty override", async () => {
    const stack = stackWithFolder("dev-controllers");
    const release = await releaseOf("cert-manager", { stack });
    overrideAddresses([{ release, source: { kind: "address" } }], "http://127.0.0.1:8080");
    expect(readdirSync(stack.folder)).toEqual([]);
  });

  it("is written beside the stack that the release is in", async () => {
    const stacks = [stackWithFolder("dev-controllers"), stackWithFolder("dev-apps")];
    const charts = await Promise.all(
      stacks.map(async (stack) => ({
        release: await releaseOf("chart", { stack, address: stack.id }),
        source: { kind: "stand-in" as const },
      })),
    );
    overrideAddresses(charts, "http://127.0.0.1:8080");
    expect(stacks.map(({ folder }) => Object.keys(overrideOf(folder).resource.helm_release))).toEqual([
      ["dev-controllers"],
      ["dev-apps"],
    ]);
  });
});
