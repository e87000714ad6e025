import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { environmentFiles, synthStacks } from "../support/environments";
import { type HelmRelease, helmReleases } from "../support/kubernetes-objects";
import { variants } from "../support/variants";
import { chartsFolder, checkChartValues } from "./chart-values";

const environments = { ...environmentFiles, ...variants };

/** Releases of charts whose default values are known, by environment and chart. */
const releases: readonly (readonly [name: string, release: HelmRelease])[] = Object.entries(environments).flatMap(
  ([name, environment]) =>
    helmReleases(synthStacks(environment))
      .filter(({ arguments: release }) => release["repository"] !== undefined)
      .filter(({ arguments: release }) =>
        existsSync(join(chartsFolder, `${release["chart"]}-${release["version"]}.values.yaml`)),
      )
      .map((release) => [`${name}: ${release.arguments["chart"]}`, release] as const),
);
const missing = existsSync(chartsFolder) ? "" : " (skipped: ../shared/charts is missing)";

describe(`values given to charts${missing}`, () => {
  it.skipIf(missing !== "")("are looked at in every environment", () => {
    expect(releases.length).toBeGreaterThan(10);
  });

  it.skipIf(missing !== "").each(releases)(
    "%s has only keys that the chart knows",
    (_name, { arguments: release, values }) => {
      const plain = JSON.parse(JSON.stringify(values));
      expect(checkChartValues(String(release["chart"]), String(release["version"]), plain)).toEqual([]);
    },
  );
});
