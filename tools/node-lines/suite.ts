import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { delimiter } from "node:path";
import { z } from "zod";

const results = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number() });

type Counts = z.output<typeof results>;

/** How the suite went with one Node; without counts it did not come to its end. */
export interface Outcome {
  /** What the Node calls itself. */
  readonly version: string;
  readonly passed: boolean;
  readonly counts: Counts | undefined;
  readonly seconds: number;
}

/** The fast suite, and those of the other that start the program; what needs Terraform and a control plane runs once. */
const parts = [[], ["--config", "vitest.e2e.config.mts", "--project", "product"]];

/** Runs the suite as `npm test` does, then what starts the program, with the Node of a folder before every other. */
export function runSuite(root: string, program: string, report: string): Outcome {
  const env = { ...process.env, PATH: [program, process.env["PATH"]].join(delimiter) };
  const version = execFileSync("node", ["--version"], { env, encoding: "utf8" }).trim();
  console.log(`\n== npm test with Node ${version}`);
  const since = performance.now();
  const reporters = ["default", "./test/support/not-checked.ts", "json"].map((name) => `--reporter=${name}`);
  const outcomes = parts.map((selection) => {
    rmSync(report, { force: true });
    const { status } = spawnSync("npm", ["test", "--", ...selection, ...reporters, `--outputFile.json=${report}`], {
      cwd: root,
      env,
      stdio: "inherit",
    });
    return { passed: status === 0, counts: readCounts(report) };
  });
  const seconds = (performance.now() - since) / 1000;
  return {
    version,
    passed: outcomes.every(({ passed }) => passed),
    counts: outcomes.map(({ counts }) => counts).reduce(sum),
    seconds,
  };
}

function sum(one: Counts | undefined, other: Counts | undefined): Counts | undefined {
  if (one === undefined || other === undefined) return undefined;
  return {
    numPassedTests: one.numPassedTests + other.numPassedTests,
    numFailedTests: one.numFailedTests + other.numFailedTests,
    numPendingTests: one.numPendingTests + other.numPendingTests,
  };
}

function readCounts(report: string): Counts | undefined {
  try {
    return results.parse(JSON.parse(readFileSync(report, "utf8")));
  } catch {
    return undefined;
  }
}
