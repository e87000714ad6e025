import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { gatewayApiCrdChart } from "../../../modules/controllers/gateway-api-crds";
import { components } from "../../../modules/lifecycle/components";

import { synthStacks } from "../../support/environments";
import { list } from "../../support/json";
import { helmReleases } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { resource } from "../../support/synth";

const { version } = components.gatewayApiCrds;

const templates = readdirSync(path.join(gatewayApiCrdChart.folder, "templates"));
const text = (template: string) => readFileSync(path.join(gatewayApiCrdChart.folder, "templates", template), "utf8");
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
    expect(readdirSync(gatewayApiCrdChart.folder).sort()).toEqual(["Chart.yaml", "templates"]);
    for (const template of templates) expect(text(template)).not.toContain("{{");
  });

  it("are of the version that the table of components has, standard channel", () => {
    expect(parse(readFileSync(path.join(gatewayApiCrdChart.folder, "Chart.yaml"), "utf8"))).toMatchObject({ version });
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
    expect(release?.arguments["chart"]).toMatch(/^\.\/assets\/gateway-api-crds_chart\//);
    expect(release?.arguments).not.toHaveProperty("repository");
  });
});
