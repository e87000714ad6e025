import { existsSync } from "node:fs";
import { type ChartValueProblem, chartsFolder, checkChartValues } from "../../charts/chart-values";
import type { HelmRelease } from "../../support/kubernetes-objects";

/** Why charts' values cannot be checked here; empty where they can. */
export const chartsMissing = existsSync(chartsFolder) ? "" : ` (skipped: ${chartsFolder} is absent)`;

/** Values of a release that its chart does not know. */
export function chartProblems({ arguments: release, values }: HelmRelease): readonly ChartValueProblem[] {
  return checkChartValues(String(release["chart"]), String(release["version"]), JSON.parse(JSON.stringify(values)));
}
