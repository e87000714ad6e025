import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageStandIn } from "../../src/charts/stand-in";
import { definitionsFolder } from "../../src/inputs";
import { temporaryFolder, variables } from "../fixtures";

interface Package {
  readonly files: readonly string[];
  readonly read: (file: string) => string;
}

/** Packages a stand-in and looks into it. */
async function packaged(chart: string): Promise<Package> {
  const folder = temporaryFolder();
  await packageStandIn({ chart, version: "v1.2.3" }, folder);
  expect(readdirSync(folder)).toEqual([`${chart}-v1.2.3.tgz`]);
  const tar = (...args: readonly string[]) =>
    execFileSync("tar", [...args, "-f", join(folder, `${chart}-v1.2.3.tgz`)], { encoding: "utf8" });
  const files = tar("-tz").trim().split("\n").sort();
  return { files, read: (file) => tar("-xzO", `${chart}/${file}`) };
}

const chartFiles = (chart: string) =>
  ["", "Chart.yaml", "crds/", "templates/", "templates/_names.tpl", "templates/objects.yaml", "values.yaml"].map(
    (file) => `${chart}/${file}`,
  );

describe("a stand-in for a chart", () => {
  it("has the chart's name and version", async () => {
    const { read } = await packaged("cert-manager");
    expect(JSON.parse(read("Chart.yaml"))).toMatchObject({ apiVersion: "v2", name: "cert-manager", version: "v1.2.3" });
  });

  it("is a chart and nothing else: metadata, values, templates", async () => {
    expect((await packaged("kube2iam-chart")).files).toEqual(chartFiles("kube2iam-chart"));
  });

  it("has the deployments and Services that others can see of the real one", async () => {
    const { standIn } = JSON.parse((await packaged("cert-manager")).read("values.yaml"));
    expect(standIn.deployments).toEqual(["", "-webhook", "-cainjector"]);
    expect(standIn.services.map(({ suffix }: { readonly suffix?: string }) => suffix ?? "")).toEqual(["", "-webhook"]);
  });

  it("has the class of Ingresses that its controller serves", async () => {
    const { standIn } = JSON.parse((await packaged("aws-load-balancer-controller")).read("values.yaml"));
    expect(standIn.ingressClasses).toEqual([{ name: "alb", controller: "ingress.k8s.aws/alb" }]);
  });

  it("of a chart that is not known has a deployment and a Service", async () => {
    const { standIn } = JSON.parse((await packaged("some-chart")).read("values.yaml"));
    expect([standIn.deployments, standIn.services.length]).toEqual([[""], 1]);
  });

  it("leaves nothing behind but the package", async () => {
    const scratch = temporaryFolder();
    variables({ TMPDIR: scratch });
    expect(tmpdir()).toBe(scratch);
    await packageStandIn({ chart: "external-dns", version: "1.2.3" }, temporaryFolder());
    expect(readdirSync(scratch).filter((name) => name.startsWith("stand-in-"))).toEqual([]);
  });
});

const missing = definitionsFolder() === undefined;

describe.skipIf(missing)(`a stand-in's CRDs${missing ? " (skipped: no CRDs below FOUNDRY_INPUTS)" : ""}`, () => {
  it("are those of its chart, and of the charts whose CRDs it brings along", async () => {
    const { files } = await packaged("aws-gateway-controller-chart");
    const crds = files.filter((file) => /\/crds\/./.test(file));
    expect(crds.filter((file) => file.includes("/crds/aws-gateway-api-controller-")).length).toBeGreaterThan(0);
    expect(crds.filter((file) => file.includes("/crds/gateway-api-")).length).toBeGreaterThan(0);
    expect(crds.filter((file) => !/\/crds\/(aws-gateway-api-controller|gateway-api)-/.test(file))).toEqual([]);
  });

  it.each(["cert-manager", "emissary-crds-chart", "appmesh-controller", "apigatewayv2-chart"])(
    "are there for %s",
    async (chart) => {
      expect((await packaged(chart)).files.filter((file) => /\/crds\/.*\.yaml$/.test(file)).length).toBeGreaterThan(0);
    },
  );
});

it("a stand-in without inputs has no CRDs and is a chart all the same", async () => {
  variables({ FOUNDRY_INPUTS: temporaryFolder() });
  expect((await packaged("cert-manager")).files).toEqual(chartFiles("cert-manager"));
});
