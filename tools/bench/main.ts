import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { type Measurement, measure, median } from "./measure";

const root = join(__dirname, "..", "..");
const runs = 7;

/** What is timed. The floor is the same machine doing nothing but load cdktf, so figures compare across machines. */
const cases: readonly { readonly name: string; readonly command: readonly string[]; readonly environments?: string }[] =
  [
    { name: "floor: node loads cdktf", command: ["node", "-e", "require('cdktf')"] },
    { name: "type check alone", command: ["node_modules/.bin/tsc", "-p", "tsconfig.json"] },
    { name: "node alone, seeds", command: ["node", "dist/main.js"], environments: "seeds" },
    { name: "npm run synth, seeds", command: ["npm", "run", "--silent", "synth"], environments: "seeds" },
    { name: "npm run synth, every environment", command: ["npm", "run", "--silent", "synth"] },
  ];

function main(): void {
  process.chdir(root);
  execFileSync("node_modules/.bin/tsc", ["-p", "tsconfig.json"], { stdio: "inherit" });
  // The cases take turns, so that a machine which slows down slows all of them.
  const measured = cases.map((): Measurement[] => []);
  for (let run = 0; run <= runs; run++) {
    cases.forEach(({ command, environments }, index) => {
      const result = measure(command, environments === undefined ? {} : { ENVIRONMENTS: environments });
      if (run > 0) measured[index]?.push(result);
    });
  }
  const medians = measured.map(median);
  const floor = medians[0]?.seconds ?? Number.NaN;
  const rows = cases.map(({ name }, index) => {
    const { seconds, peakMiB } = medians[index] ?? { seconds: Number.NaN, peakMiB: Number.NaN };
    return { name, seconds: round(seconds, 3), ratio: round(seconds / floor, 2), peakMiB: Math.round(peakMiB) };
  });
  console.table(rows);
  appendFileSync(
    join(root, "tools", "bench", "history.jsonl"),
    `${JSON.stringify({ commit: commit(), cpus: cpus().length, node: process.version, rows })}\n`,
  );
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function commit(): string {
  return execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" }).trim();
}

main();
