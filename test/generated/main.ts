import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Counts, Failure } from "./chunk";

const { values, positionals } = parseArgs({
  options: { runs: { type: "string", default: "20000" }, seed: { type: "string" } },
  allowPositionals: true,
});
/** `npm run test:generated -- 500` is short for `-- --runs 500`. */
const runs = Number(positionals[0] ?? values.runs);
if (!Number.isSafeInteger(runs) || runs < 1 || positionals.length > 1) {
  throw new Error(`${positionals.join(" ") || values.runs} is no number of environments; write one, such as 500`);
}
const first = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);

/** cdktf keeps every token until its process ends. */
const ofAProcess = 250;

console.log(`${runs} environments, first seed ${first}`);
const total = { taken: 0, refused: 0, pairsTaken: 0, pairsRefused: 0 };
const failures: Failure[] = [];
for (let done = 0; done < runs; done += ofAProcess) {
  const seed = first + 2 * (done / ofAProcess);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join(__dirname, "chunk.ts"), String(seed), String(Math.min(ofAProcess, runs - done))],
    { encoding: "utf8", maxBuffer: 1024 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(`seed ${seed}: ${stderr}`);
  const chunk: { readonly counts: Counts; readonly failures: readonly Failure[] } = JSON.parse(stdout);
  total.taken += chunk.counts.taken;
  total.refused += chunk.counts.refused;
  total.pairsTaken += chunk.counts.pairsTaken;
  total.pairsRefused += chunk.counts.pairsRefused;
  failures.push(...chunk.failures);
}
const last = first + 2 * (Math.ceil(runs / ofAProcess) - 1);
console.log(
  [
    `seeds ${first} to ${last}, every second one, ${ofAProcess} environments each`,
    `${total.taken} environments taken, ${total.refused} refused with a remedy`,
    `${total.pairsTaken} pairs taken, ${total.pairsRefused} refused`,
    `${failures.length} that break a property`,
  ].join("\n"),
);
for (const { seed, what, drawn } of failures) console.log(`seed ${seed}: ${what}\n  ${JSON.stringify(drawn)}`);
if (failures.length > 0) process.exitCode = 1;
