import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { definitionSources } from "../../../commands/inputs/definition-sources";
import { definitionsFile } from "../../../commands/inputs/inputs-folder";
import { gatewayApiCrdChart } from "../../../modules/controllers/gateway-api-crds";
import { components } from "../../../modules/lifecycle/components";
import { chartFiles } from "../../../tools/crd-charts/chart";
import { type MadeChart, madeCharts } from "../../../tools/crd-charts/charts";
import { stacksOf } from "../../support/environments";
import { definitionsFolder, needsInput } from "../../support/inputs";
import { list } from "../../support/json";
import { resource } from "../../support/synth";

const charts = madeCharts.map((made) => [made.chart.name, made] as const);
const sourceOf = ({ chart, definitions }: MadeChart) =>
  path.join(path.dirname(definitionsFolder), definitionsFile(definitions, chart.component.version));

describe.each(charts)("the chart %s", (_, made) => {
  const { chart } = made;
  const templates = readdirSync(path.join(chart.folder, "templates"));
  const text = (template: string) => readFileSync(path.join(chart.folder, "templates", template), "utf8");

  it("is of the version that the table of components has", () => {
    const { name, version } = parse(readFileSync(path.join(chart.folder, "Chart.yaml"), "utf8"));
    expect({ name, version }).toEqual({ name: chart.name, version: chart.component.version });
  });

  it("has its definitions as templates that stay when the release goes", () => {
    expect(readdirSync(chart.folder).sort()).toEqual(["Chart.yaml", "templates"]);
    for (const template of templates) {
      expect(text(template)).not.toContain("{{");
      expect(parse(text(template)).metadata.annotations).toHaveProperty(["helm.sh/resource-policy"], "keep");
    }
  });

  it("is what the generator makes of its source", (context) => {
    needsInput(context, sourceOf(made));
    for (const [file, content] of chartFiles(made, sourceOf(made))) {
      expect(readFileSync(path.join(chart.folder, file), "utf8"), file).toBe(content);
    }
    expect(chartFiles(made, sourceOf(made)).size).toBe(templates.length + 1);
  });
});

describe("a controller whose chart has CRDs in a folder that Helm never upgrades", () => {
  it("has a chart of them made here", () => {
    const made = madeCharts.map(({ definitions }) => definitions);
    const inFolders = definitionSources.filter(({ kind }) => kind === "folder").map(({ name }) => name);
    expect(made).toEqual(expect.arrayContaining(inFolders));
  });

  it.each([
    ["aws-load-balancer-controller", "every-entry-1"],
    ["ack-api-gateway", "every-entry-1"],
    ["app-mesh", "every-entry-1"],
    ["lattice", "every-entry-2"],
  ])(
    "gets those of %s from a release of their own, before its own, and takes over what an older chart left",
    (name, environment) => {
      const { controllers } = stacksOf(environment);
      const release = resource(controllers, "helm_release", name);
      expect(release["skip_crds"]).toBe(true);
      expect(list(release["depends_on"] as string[])).toContain(`helm_release.${name}-crds`);
      const crds = resource(controllers, "helm_release", `${name}-crds`);
      expect(crds).toMatchObject({
        take_ownership: true,
        version: release["version"],
        namespace: release["namespace"],
      });
      expect(crds).not.toHaveProperty("repository");
    },
  );
});

describe("the generator of such charts", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "crd-charts-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const made: MadeChart = {
    chart: gatewayApiCrdChart,
    definitions: "gateway-api",
    description: "CRDs.",
    source: "https://example.com",
    versionAnnotation: "gateway.networking.k8s.io/bundle-version",
  };
  const { version } = components.gatewayApiCrds;
  const crd = (name: string, bundle: string) =>
    JSON.stringify({
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name, annotations: { "gateway.networking.k8s.io/bundle-version": bundle } },
    });

  function written(content: string): string {
    const file = path.join(folder, "crds.yaml");
    writeFileSync(file, content);
    return file;
  }

  it("says what is missing where the source is", () => {
    expect(() => chartFiles(made, path.join(folder, "none.yaml"))).toThrow(/none\.yaml: the file does not exist/);
  });

  it("refuses a source of another version", () => {
    expect(() => chartFiles(made, written(crd("gateways.example.com", "v1.5.0")))).toThrow(
      `gateways.example.com is of version v1.5.0, and the chart is to be of v${version}`,
    );
  });

  it("refuses text that Helm would read as a template", () => {
    expect(() => chartFiles(made, written(crd("{{ name }}", `v${version}`)))).toThrow(/has \{\{ in it/);
  });
});
