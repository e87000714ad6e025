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
