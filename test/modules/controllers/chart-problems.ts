import { join } from "node:path";
import type { TestContext } from "vitest";
import { type ChartValueProblem, checkChartValues } from "../../charts/chart-values";
import { chartsFolder, needsInput } from "../../support/inputs";
import type { HelmRelease } from "../../support/kubernetes-objects";

/** Values of a release that its chart does not know. Skips the test where the chart's own are missing. */
export function chartProblems(context: TestContext, release: HelmRelease): readonly ChartValueProblem[] {
  const { chart, version } = release.arguments;
  needsInput(context, join(chartsFolder, `${chart}-${version}.values.yaml`));
  return checkChartValues(String(chart), String(version), JSON.parse(JSON.stringify(release.values)));
}
