import { describe, expect, it } from "vitest";
import { components } from "../../modules/lifecycle/components";
import { chartProblems } from "../modules/controllers/chart-problems";
import { goldenNames, stacksOf } from "../support/environments";
import { type HelmRelease, helmReleases } from "../support/kubernetes-objects";

const known = new Set<unknown>(Object.values(components).map(({ chart }) => chart));

/** Releases of charts that others publish, by environment and chart. */
const releases = goldenNames.flatMap((name) =>
  helmReleases(stacksOf(name))
    // Values of any other chart are the environment's own.
    .filter(({ arguments: release }) => release["repository"] !== undefined && known.has(release["chart"]))
    .map((release): [string, HelmRelease] => [`${name}: ${release.arguments["chart"]}`, release]),
);

describe("values given to charts", () => {
  it.for(releases)("%s has only keys that the chart knows", ([, release], context) => {
    expect(chartProblems(context, release)).toEqual([]);
  });
});
