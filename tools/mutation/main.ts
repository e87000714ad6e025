import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import picomatch from "picomatch";
import { percent, type Report, scores } from "./score";
import { withRow } from "./table";
import { testsOf } from "./tests-of";

const root = join(__dirname, "..", "..");
const page = join(root, "docs", "mutation.md");

/** Without a path, the score by folder of the last run. With some, runs each against its own tests and keeps its score. */
async function main(paths: readonly string[]): Promise<void> {
  if (paths.length === 0) {
    for (const [folder, score] of [...scores(lastReport(), dirname)].sort()) {
      console.log(`${folder.padEnd(40)} ${percent(score).padStart(6)}  of ${score.noticed + score.missed}`);
    }
    return;
  }
  const { default: config } = await import("../../stryker.config.mjs");
  for (const path of paths.map((name) => name.replace(/\/$/, ""))) {
    const files = sourcesOf(path, config.mutate ?? []);
    if (files.length === 0) throw new Error(`${path}: nothing of it is among what stryker.config.mjs mutates`);
    const options = ["--mutate", files.join(","), "--concurrency", "1"];
    const incremental = ["--incrementalFile", `dist/mutation-${path.replace(/\W+/g, "-")}.json`];
    const { status } = spawnSync("npx", ["stryker", "run", ...options, ...incremental], {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, MUTATION_TESTS: testsOf(path, files).join(" ") },
    });
    const score = scores(lastReport(), (file) => (files.includes(file) ? path : undefined)).get(path);
    if (score === undefined) throw new Error(`${path}: Stryker ended with ${status} and reports nothing of it`);
    writeFileSync(page, withRow(readFileSync(page, "utf8"), path, score, new Date().toISOString().slice(0, 10)));
    console.log(`${path}: ${percent(score)} of ${score.noticed + score.missed}`);
  }
}

function lastReport(): Report {
  return JSON.parse(readFileSync(join(root, "dist", "mutation.json"), "utf8"));
}

/** Files of a folder, or the one file, that the configuration lets Stryker change. */
function sourcesOf(path: string, patterns: readonly (string | undefined)[]): readonly string[] {
  const known = patterns.filter((pattern) => pattern !== undefined);
  const all = statSync(join(root, path)).isFile()
    ? [path]
    : readdirSync(join(root, path), { recursive: true, encoding: "utf8" }).map((name) => join(path, name));
  const chosen = picomatch(known.filter((pattern) => !pattern.startsWith("!")));
  const left = picomatch(known.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1)));
  return all.filter((file) => chosen(file) && !left(file)).sort();
}

void main(process.argv.slice(2));
