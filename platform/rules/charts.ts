import { formatPath, type Problem } from "../../modules/schema/problem";
import { publishedComponents } from "../charts";
import type { Environment } from "../environment";

/** Helm validates values against a chart's schema, and that of F5's nginx loads parts of Kubernetes' from the internet. */
export function f5SchemaBesideTheMirror({ charts, controllers }: Environment): readonly string[] {
  const { nginx } = controllers;
  if (charts.mirror === undefined || nginx === undefined) return [];
  if (nginx.kind !== "f5" && nginx.switchingFrom !== "f5") return [];
  return [
    "charts.mirror is set, and F5's chart nginx-ingress is the one that asks for more than the mirror: its values.schema.json refers to raw.githubusercontent.com. Where Terraform cannot reach that, the mirror needs a copy of the chart without the reference",
  ];
}

/** A digest of a chart that nobody installs pins nothing, and reads as if it did. */
export function digestsAreOfCharts({ charts, controllers }: Environment): readonly Problem[] {
  const used = publishedComponents(controllers).map(([, { chart }]) => chart);
  return Object.keys(charts.digests)
    .filter((chart) => !used.includes(chart))
    .map((chart) => ({
      path: formatPath(["charts", "digests", chart]),
      value: chart,
      rule: "no controller of the environment comes from a chart of this name, so the digest would pin nothing",
      remedy:
        used.length === 0
          ? "take it out; the digest of a release stands in its own `chart`"
          : `write one of ${used.join(", ")}, or take it out; the digest of a release stands in its own \`chart\``,
    }));
}
