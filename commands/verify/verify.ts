import { type UsedChart, usedCharts } from "../../platform/charts";
import { ChartPackages, digestOf } from "../inputs/chart-packages";
import { environmentsToRead } from "../program/environments";
import { AlreadyReported, Refusal } from "../program/errors";
import { printJson, printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { type Verdict, verdictOn } from "./signature";

/** What was found of one chart. */
interface Finding {
  readonly chart: string;
  readonly version: string;
  readonly repository: string;
  /** SHA-256 of its package; undefined where it cannot be had. */
  readonly digest: string | undefined;
  readonly pinned: "as pinned" | "another package" | "not pinned";
  readonly signature: Verdict;
  /** Where the environment would pin it. */
  readonly path: string;
}

/**
 * Prints of each chart which package it is and who signed it.
 *
 * @throws AlreadyReported where a chart is not what it should be, or nobody could tell
 */
export async function verify(surroundings: Surroundings, environment: string, json: boolean): Promise<void> {
  const [checked] = environmentsToRead(surroundings, [environment]).environments;
  if (checked === undefined) return;
  const packages = new ChartPackages();
  const findings: Finding[] = [];
  for (const chart of usedCharts(checked)) findings.push(await findingOn(surroundings, packages, chart));
  if (json) printJson(surroundings.output, { environment, charts: findings });
  else for (const finding of findings) print(surroundings, finding);
  if (findings.some(isFault)) throw new AlreadyReported();
}

async function findingOn(surroundings: Surroundings, packages: ChartPackages, chart: UsedChart): Promise<Finding> {
  const { title, version, repository, path } = chart;
  const known = { chart: title, version, repository, path };
  try {
    const content = await packages.package(chart);
    const digest = digestOf(content);
    const pinned =
      chart.digest === undefined ? "not pinned" : chart.digest === digest ? "as pinned" : "another package";
    return { ...known, digest, pinned, signature: await verdictOn(surroundings, packages, chart, content) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      ...known,
      digest: undefined,
      pinned: "not pinned",
      signature: { kind: "not checked", why: error.message },
    };
  }
}

const isFault = ({ pinned, signature }: Finding) =>
  pinned === "another package" || signature.kind === "wrong" || signature.kind === "not checked";

function print({ output }: Surroundings, finding: Finding): void {
  const { chart, version, repository, digest, pinned, signature, path } = finding;
  printLine(output, `${chart} ${version} of ${repository}`);
  if (digest !== undefined) {
    const words = {
      "as pinned": `${digest}, as ${path} says`,
      "another package": `${digest}, and ${path} says another; do not apply it, and find out who changed it`,
      "not pinned": `${digest}; ${path} would pin it`,
    };
    printLine(output, `  package    ${words[pinned]}`);
  }
  printLine(output, `  signature  ${sentence(signature)}`);
}

function sentence(verdict: Verdict): string {
  switch (verdict.kind) {
    case "verified":
      return `verified: ${verdict.by}`;
    case "wrong":
      return `wrong: ${verdict.why}; do not apply it`;
    case "not checked":
      return `not checked: ${verdict.why}`;
    case "none":
      return `none: its publisher makes none (${verdict.source})`;
    case "unknown":
      return verdict.source === undefined
        ? "unknown: nothing says how it is signed; `signature` of the release's `chart` would"
        : `unknown: nothing found at ${verdict.source} says how it is released`;
  }
}
