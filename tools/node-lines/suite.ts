import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter } from "node:path";
import { z } from "zod";

const results = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number() });

/** How the suite went with one Node; without counts it did not come to its end. */
export interface Outcome {
  /** What the Node calls itself. */
  readonly version: string;
  readonly passed: boolean;
  readonly counts: z.output<typeof results> | undefined;
  readonly seconds: number;
}

/** Runs the suite as `npm test` does, with the Node of a folder before every other. */
export function runSuite(root: string, program: string, report: string): Outcome {
  const env = { ...process.env, PATH: [program, process.env["PATH"]].join(delimiter) };
  const version = execFileSync("node", ["--version"], { env, encoding: "utf8" }).trim();
  console.log(`\n== npm test with Node ${version}`);
  const since = performance.now();
  const reporters = ["default", "./test/support/not-checked.ts", "json"].map((name) => `--reporter=${name}`);
  const { status } = spawnSync("npm", ["test", "--", ...reporters, `--outputFile.json=${report}`], {
    cwd: root,
    env,
    stdio: "inherit",
  });
  const seconds = (performance.now() - since) / 1000;
  return { version, passed: status === 0, counts: readCounts(report), seconds };
}

function readCounts(report: string): z.output<typeof results> | undefined {
  try {
    return results.parse(JSON.parse(readFileSync(report, "utf8")));
  } catch {
    return undefined;
  }
}
