import { z } from "zod";
import type { SynthesizedStack } from "../synthesized";

/** A Helm release that installs a chart from a repository. */
export interface ChartRelease {
  readonly stack: SynthesizedStack;
  /** Its name in Terraform, `helm_release.<address>`. */
  readonly address: string;
  readonly chart: string;
  readonly version: string;
  /** `https://…` or `oci://…`. */
  readonly repository: string;
}

const release = z.looseObject({ chart: z.string(), version: z.string(), repository: z.string() });

/** Releases of charts that come from somewhere; those of local charts are not among them. */
export function chartReleases(stacks: readonly SynthesizedStack[]): readonly ChartRelease[] {
  return stacks.flatMap((stack) =>
    Object.entries(stack.json.resource["helm_release"] ?? {}).flatMap(([address, value]) =>
      value["repository"] === undefined ? [] : [{ stack, address, ...chartOf(release.parse(value)) }],
    ),
  );
}

function chartOf({ chart, version, repository }: z.infer<typeof release>) {
  return { chart, version, repository };
}

/** Name of a chart's package. */
export function packageName({ chart, version }: Pick<ChartRelease, "chart" | "version">): string {
  return `${chart}-${version}.tgz`;
}
