import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

/** What a test noticed, and what it did not; a mutant that does not compile is neither. */
const noticed = ["Killed", "Timeout"];
const missed = ["Survived", "NoCoverage"];

/** Of the last `npm run mutation`: of a hundred mutants of each folder, how many a test noticed. */
const file = join(__dirname, "..", "..", "dist", "mutation.json");
const report: Report = JSON.parse(readFileSync(file, "utf8"));
const folders = new Map<string, { noticed: number; missed: number }>();
for (const [name, { mutants }] of Object.entries(report.files)) {
  const folder = dirname(name);
  const counts = folders.get(folder) ?? { noticed: 0, missed: 0 };
  counts.noticed += mutants.filter(({ status }) => noticed.includes(status)).length;
  counts.missed += mutants.filter(({ status }) => missed.includes(status)).length;
  folders.set(folder, counts);
}
for (const [folder, { noticed: killed, missed: survived }] of [...folders].sort()) {
  const score = (100 * killed) / Math.max(1, killed + survived);
  console.log(`${folder.padEnd(40)} ${score.toFixed(1).padStart(6)}  of ${killed + survived}`);
}
