import { existsSync, readFileSync } from "node:fs";
import { parseAllDocuments, stringify } from "yaml";
import { z } from "zod";
import type { MadeChart } from "./charts";

const definition = z.looseObject({
  apiVersion: z.literal("apiextensions.k8s.io/v1"),
  kind: z.literal("CustomResourceDefinition"),
  metadata: z.looseObject({ name: z.string(), annotations: z.record(z.string(), z.string()).default({}) }),
});

type Definition = z.output<typeof definition>;

/**
 * Files of a Helm chart that holds CRDs as templates, by their path in the chart. Helm upgrades templates, which it never
 * does with the files of a `crds` folder; the annotation keeps it from deleting them, and with them all that was made of
 * them.
 *
 * @param file the CRDs of one version, without descriptions.
 * @throws when the file is missing, holds anything but CRDs or CRDs of another version, or text that Helm would read as
 *   a template.
 */
export function chartFiles(made: MadeChart, file: string): ReadonlyMap<string, string> {
  if (!existsSync(file)) {
    throw new Error(
      `${file}: the file does not exist. The chart is made from the CustomResourceDefinitions in it, so the chart is ` +
        "left as it is. Fetch it with `npx foundry inputs`, or go on without: the chart is committed, and only making it " +
        "again needs it.",
    );
  }
  const definitions = parseAllDocuments(readFileSync(file, "utf8")).map((document) =>
    checked(definition.parse(document.toJS()), file, made),
  );
  return new Map([
    ["Chart.yaml", chartYaml(made)],
    ...definitions.map((crd): [string, string] => [
      `templates/${crd.metadata.name}.yaml`,
      template(crd, file, made.source),
    ]),
  ]);
}

function checked(crd: Definition, file: string, { chart, versionAnnotation }: MadeChart): Definition {
  if (versionAnnotation === undefined) return crd;
  const { version } = chart.component;
  const actual = crd.metadata.annotations[versionAnnotation];
  if (actual === `v${version}`) return crd;
  throw new Error(
    `${file}: ${crd.metadata.name} is of version ${actual ?? "unknown"}, and the chart is to be of v${version}. ` +
      "Correct the version in modules/lifecycle/components.ts, or take the file of that version.",
  );
}

function chartYaml({ chart, description, source }: MadeChart): string {
  const { version } = chart.component;
  return stringify({
    apiVersion: "v2",
    name: chart.name,
    description,
    type: "application",
    version,
    appVersion: `v${version}`,
    sources: [source],
    annotations: { "artifacthub.io/license": "Apache-2.0" },
  });
}

function template(crd: Definition, file: string, source: string): string {
  const annotations = { ...crd.metadata.annotations, "helm.sh/resource-policy": "keep" };
  const text = stringify({ ...crd, metadata: { ...crd.metadata, annotations } }, { lineWidth: 0 });
  if (text.includes("{{")) {
    throw new Error(`${file}: ${crd.metadata.name} has {{ in it, which Helm would read as a template.`);
  }
  return `# Made by tools/crd-charts from ${source}, Apache-2.0. Do not edit.\n${text}`;
}
