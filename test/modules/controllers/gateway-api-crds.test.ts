import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { gatewayApiChart } from "../../../modules/controllers/gateway-api-crds";
import { components } from "../../../modules/lifecycle/components";
import { chartFiles } from "../../../tools/gateway-api-crds/chart";
import { synthStacks } from "../../support/environments";
import { definitionsFolder, needsInput } from "../../support/inputs";
import { list } from "../../support/json";
import { helmReleases } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { resource } from "../../support/synth";

const { version } = components.gatewayApiCrds;
const source = path.join(definitionsFolder, `gateway-api-v${version}.yaml`);

const templates = readdirSync(path.join(gatewayApiChart, "templates"));
const text = (template: string) => readFileSync(path.join(gatewayApiChart, "templates", template), "utf8");
const definitions = templates.map((template) => parse(text(template)));

describe("the CRDs of the Gateway API", () => {
  it("are those that the load balancer controller asks for, and more", () => {
    const names = definitions.map(({ metadata }) => metadata.name.replace(".gateway.networking.k8s.io", ""));
    for (const name of [
      "gatewayclasses",
      "gateways",
      "httproutes",
      "grpcroutes",
      "tcproutes",
      "udproutes",
      "tlsroutes",
    ])
      expect(names).toContain(name);
  });

  it("stay when the release goes, with everything made of them", () => {
    for (const { metadata } of definitions) {
      expect(metadata.annotations).toHaveProperty(["helm.sh/resource-policy"], "keep");
    }
  });

  it("are templates, since Helm never upgrades what lies in a chart's crds folder", () => {
    expect(readdirSync(gatewayApiChart).sort()).toEqual(["Chart.yaml", "templates"]);
    for (const template of templates) expect(text(template)).not.toContain("{{");
  });

  it("are of the version that the table of components has, standard channel", () => {
    expect(parse(readFileSync(path.join(gatewayApiChart, "Chart.yaml"), "utf8"))).toMatchObject({ version });
    for (const { metadata } of definitions) {
      expect(metadata.annotations).toMatchObject({
        "gateway.networking.k8s.io/bundle-version": `v${version}`,
        "gateway.networking.k8s.io/channel": "standard",
      });
    }
  });

  it("fit in the Secret where Helm keeps a release: 1 MiB", () => {
    // Helm keeps the chart's files in base64 and what it rendered, as JSON, compressed, in base64.
    const files = templates.map((template) => ({
      name: template,
      data: Buffer.from(text(template)).toString("base64"),
    }));
    const release = JSON.stringify({ chart: { templates: files }, manifest: templates.map(text).join("---\n") });
    expect(gzipSync(release).toString("base64").length).toBeLessThan(2 ** 20 / 2);
  });

  it("are what the generator makes of their source", (context) => {
    needsInput(context, source);
    for (const [file, made] of chartFiles(source, version)) {
      expect(readFileSync(path.join(gatewayApiChart, file), "utf8"), file).toBe(made);
    }
    expect(chartFiles(source, version).size).toBe(templates.length + 1);
  });

  it("come before the load balancer controller, whose pods are replaced when they come later", () => {
    const without = synthStacks(minimal());
    const controllers = { ...minimal().controllers, gatewayApiCrds: {} };
    const stacks = synthStacks({ ...minimal(), controllers });
    const balancer = (all: typeof stacks) => resource(all.controllers, "helm_release", "aws-load-balancer-controller");
    expect(list(balancer(stacks)["depends_on"] as string[])).toContain("helm_release.gateway-api-crds");
    expect(JSON.stringify(balancer(stacks)["values"])).toContain("gateway-api/version");
    expect(JSON.stringify(balancer(without)["values"])).not.toContain("gateway-api/version");
  });

  it("come from a chart beside the stack's JSON and from no repository", () => {
    const controllers = { ...minimal().controllers, gatewayApiCrds: {} };
    const release = helmReleases(synthStacks({ ...minimal(), controllers })).find(
      ({ address }) => address === "helm_release.gateway-api-crds",
    );
    expect(release?.arguments["chart"]).toMatch(/^\.\/assets\/gateway-api-chart\//);
    expect(release?.arguments).not.toHaveProperty("repository");
  });
});

describe("the generator of their chart", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "gateway-api-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

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
    expect(() => chartFiles(path.join(folder, "none.yaml"), "1.6.1")).toThrow(/none\.yaml: the file does not exist/);
  });

  it("refuses a source of another version", () => {
    expect(() => chartFiles(written(crd("gateways.example.com", "v1.5.0")), "1.6.1")).toThrow(
      /gateways\.example\.com is of version v1\.5\.0, and the chart is to be of v1\.6\.1/,
    );
  });

  it("refuses text that Helm would read as a template", () => {
    expect(() => chartFiles(written(crd("{{ name }}", "v1.6.1")), "1.6.1")).toThrow(/has \{\{ in it/);
  });
});
