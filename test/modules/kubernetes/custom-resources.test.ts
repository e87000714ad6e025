import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { CustomResources } from "../../../modules/kubernetes/custom-resources";
import { resource, synthModule } from "../../support/synth";

const folder = join(__dirname, "../../../modules/kubernetes/chart");

const json = synthModule((stack) => {
  for (const name of ["one", "two"]) {
    new CustomResources(stack, name, {
      releaseName: name,
      namespace: "shop",
      manifests: [{ apiVersion: "example.com/v1", kind: "Thing", metadata: { name } }],
    });
  }
});

describe("custom resources", () => {
  it("are one release of a chart that prints what it is given", () => {
    const release = resource(json, "helm_release", "one");
    expect(JSON.parse(Object(release["values"])[0])).toEqual({
      manifests: [{ apiVersion: "example.com/v1", kind: "Thing", metadata: { name: "one" } }],
    });
    expect(release).not.toHaveProperty("repository");
  });

  it("name the chart's version, without which they could not be planned before there is a cluster", () => {
    const { version } = parse(readFileSync(join(folder, "Chart.yaml"), "utf8"));
    expect(resource(json, "helm_release", "one")["version"]).toBe(version);
  });

  it("share one copy of the chart in their stack, by a relative path", () => {
    const [one, two] = ["one", "two"].map((name) => resource(json, "helm_release", name)["chart"]);
    expect(one).toBe(two);
    expect(one).toMatch(/^\.\/assets\/manifests-chart\/[0-9A-F]+\/?$/);
  });
});
