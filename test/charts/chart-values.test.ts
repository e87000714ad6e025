import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { components } from "../../modules/lifecycle/components";
import type { Json } from "../../modules/schema/primitives";
import { chartsFolder, needsInput } from "../support/inputs";
import { checkChartValues, checkValues } from "./chart-values";
import { keysWithoutDefault } from "./keys-without-default";

const defaults = {
  replicaCount: 1,
  region: "",
  enabled: true,
  clusterName: null,
  annotations: {},
  tolerations: [],
  webhook: { securePort: 10250, networkPolicy: { enabled: false } },
};

describe("a chart's defaults", () => {
  it.each([
    ["no values", {}],
    ["a known key", { replicaCount: 3 }],
    ["a known key of a map", { webhook: { networkPolicy: { enabled: true } } }],
    ["any key below {}", { annotations: { "example.com/a": { b: [1] } } }],
    ["a list in place of {}", { annotations: [{ name: "a" }] }],
    ["anything in place of null", { clusterName: { from: ["a"] } }],
    ["null, which takes a default away", { webhook: null, enabled: null, replicaCount: null }],
    ["any items of a list", { tolerations: [{ unknown: true }, 1] }],
    ["a number in place of a string", { region: 1 }],
    ["a string in place of a number", { replicaCount: "50%" }],
    ["a boolean in place of another scalar", { region: false }],
  ])("allow %s", (_, values) => {
    expect(checkValues(defaults, values)).toEqual([]);
  });

  it.each([
    [
      "an unknown key, with the nearest known one",
      { replicaCounts: 2 },
      "replicaCounts",
      "2: the chart has no value of this name, so nothing would read it. Write replicaCount, or remove it; if the " +
        "chart's templates do read it, add it to test/charts/keys-without-default.ts.",
    ],
    [
      "an unknown key of a map",
      { webhook: { hostNetwork: true } },
      "webhook.hostNetwork",
      "true: the chart has no value of this name, so nothing would read it. Remove it; if the chart's templates do " +
        "read it, add it to test/charts/keys-without-default.ts.",
    ],
    [
      "a map in place of a scalar",
      { region: { name: "eu-central-1" } },
      "region",
      '{"name":"eu-central-1"}: a map, where the chart has the scalar "". The templates would render something else ' +
        "than meant, or fail. Write a scalar.",
    ],
    [
      "a list in place of a scalar",
      { webhook: { securePort: [10260] } },
      "webhook.securePort",
      "[10260]: a list, where the chart has the scalar 10250. The templates would render something else than meant, " +
        "or fail. Write a scalar.",
    ],
    [
      "a scalar in place of a map",
      { webhook: 10260 },
      "webhook",
      '10260: a scalar, where the chart has the map {"securePort":10250,"networkPolicy":{"enabled":false}}. The ' +
        "templates would render something else than meant, or fail. Write a map.",
    ],
    [
      "a scalar in place of {}",
      { annotations: "a" },
      "annotations",
      '"a": a scalar, where the chart has the map {}. The templates would render something else than meant, or fail. ' +
        "Write a map.",
    ],
    [
      "a map in place of a list",
      { tolerations: { key: "a" } },
      "tolerations",
      '{"key":"a"}: a map, where the chart has the list []. The templates would render something else than meant, or ' +
        "fail. Write a list.",
    ],
    [
      "a string in place of a boolean",
      { enabled: "false" },
      "enabled",
      '"false": a scalar, where the chart has the boolean true. In a template any string but "" is true, "false" too. ' +
        "Write a boolean.",
    ],
  ])("refuse %s", (_, values, key, message) => {
    expect(checkValues(defaults, values)).toEqual([{ path: key, message }]);
  });

  it("name all problems of all levels at once", () => {
    const problems = checkValues(defaults, { a: 1, webhook: { b: 2, networkPolicy: { c: 3 } } });
    expect(problems.map((problem) => problem.path)).toEqual(["a", "webhook.b", "webhook.networkPolicy.c"]);
  });
});

describe("the charts' own defaults", () => {
  const defaultsOf = (release: string) => path.join(chartsFolder, `${release}.values.yaml`);

  it("refuse a key that cert-manager does not know", (context) => {
    needsInput(context, defaultsOf("cert-manager-v1.21.1"));
    const values = { crds: { enabled: true }, webhook: { securePorts: 10260 } };
    expect(checkChartValues("cert-manager", "v1.21.1", values)).toEqual([
      { path: "webhook.securePorts", message: expect.stringContaining("Write securePort, or remove it") },
    ]);
  });

  it("allow a key that the templates read without a default", (context) => {
    needsInput(context, chartsFolder);
    const serviceAccount = { name: "cert-manager", annotations: { "eks.amazonaws.com/role-arn": "arn" } };
    expect(checkChartValues("cert-manager", "v1.21.1", { serviceAccount })).toEqual([]);
    expect(checkChartValues("emissary-ingress", "4.1.0", { service: { loadBalancerClass: "a" } })).toEqual([]);
  });

  it("are asked for by file name when they are missing", () => {
    expect(() => checkChartValues("cert-manager", "v0.0.1", {})).toThrow(
      `${defaultsOf("cert-manager-v0.0.1")}: the file does not exist, so the values given to chart cert-manager ` +
        "v0.0.1 cannot be checked. Fetch them with `npx foundry inputs`, or correct the version of the release.",
    );
  });

  it.for(Object.entries(keysWithoutDefault))(
    "refuse by themselves every key that is listed beside them: %s",
    ([release, keys], context) => {
      needsInput(context, defaultsOf(release));
      const bare = parse(readFileSync(defaultsOf(release), "utf8"));
      const nested = (key: string) => key.split(".").reduceRight<Json>((inner, name) => ({ [name]: inner }), null);
      const needless = keys.filter((key) => checkValues({ root: bare }, { root: nested(key) }).length === 0);
      expect(needless).toEqual([]);
    },
  );

  it("are listed for no version but the one that is installed", () => {
    const installed = Object.values(components).map(({ chart, version }) => `${chart}-${version}`);
    expect(Object.keys(keysWithoutDefault).filter((release) => !installed.includes(release))).toEqual([]);
  });
});
