import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { type Measurement, measure, median } from "./measure";
import { type Point, plot } from "./plot";
import { Project } from "./project";
import { rebuild } from "./rebuild";

const root = join(__dirname, "..", "..");
const program = ["node", join(root, "commands", "launcher", "foundry.js")];
const withoutTypeCheck = ["node", join(__dirname, "without-type-check.js"), "synth"];
/** How many environments, and how often they are synthesized; those that take long take no turns. */
const sizes = [
  { environments: 1, runs: 5 },
  { environments: 10, runs: 3 },
  { environments: 100, runs: 1 },
  { environments: 1000, runs: 1 },
];

interface Row {
  readonly name: string;
  readonly seconds: number;
  /** Over the floor: the same machine doing nothing but load cdktf, so figures compare across machines. */
  readonly ratio: number;
  readonly cpuSeconds: number;
  readonly cpuRatio: number;
  readonly peakMiB: number;
}

interface Options {
  readonly keep: boolean;
  readonly most: number;
}

async function measureAll({ keep, most }: Options): Promise<void> {
  const floor = several(7, () => measure(["node", "-e", "require('cdktf')"], { cwd: root }));
  const row = (name: string, { seconds, cpuSeconds, peakMiB }: Measurement): Row => ({
    name,
    seconds: round(seconds, 3),
    ratio: round(seconds / floor.seconds, 2),
    cpuSeconds: round(cpuSeconds, 3),
    cpuRatio: round(cpuSeconds / floor.cpuSeconds, 2),
    peakMiB: Math.round(peakMiB),
  });
  const rows = [row("floor: node loads cdktf", floor)];
  const project = new Project(root);
  try {
    project.hold(1);
    project.run([...program, "synth"]);
    rows.push(
      row(
        "node alone, 1 environment",
        several(7, () => project.measure(withoutTypeCheck)),
      ),
    );
    rows.push(
      row(
        "npm run synth, 1 environment",
        several(7, () => project.measure(["npm", "run", "-s", "synth"])),
      ),
    );
    rows.push(row("rebuild in --watch", await rebuild(project, [...program, "synth", "--watch"])));
    const points: Point[] = [];
    for (const { environments, runs } of sizes.filter(({ environments }) => environments <= most)) {
      project.hold(environments);
      // What a change of sources costs once is not what is measured.
      project.run([...program, "list"]);
      const measured = row(
        `foundry synth, ${environments} environments, nothing there`,
        several(runs, () => {
          project.forget();
          return project.measure([...program, "synth"]);
        }),
      );
      points.push({ environments, ratio: measured.ratio, peakMiB: measured.peakMiB });
      rows.push(measured, row("  again, nothing changed", project.measure([...program, "synth"])));
    }
    console.table(rows);
    const folder = keep ? join(root, "docs") : join(root, "dist");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "bench.svg"), plot(points));
    console.log(`Time and memory over the number of environments: ${join(folder, "bench.svg")}`);
  } finally {
    project.remove();
  }
  if (keep) {
    appendFileSync(
      join(root, "tools", "bench", "history.jsonl"),
      `${JSON.stringify({ commit: commit(), cpus: cpus().length, node: process.version, rows })}\n`,
    );
  }
}

/** The median of some runs, after one that warms the caches where there are several. */
function several(runs: number, run: () => Measurement): Measurement {
  if (runs > 1) run();
  return median(Array.from({ length: runs }, run));
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function commit(): string {
  return execFileSync("git", ["describe", "--always", "--dirty"], { cwd: root, encoding: "utf8" }).trim();
}

new Command("npm run bench --")
  .description("Times of synth, as ratios to a Node that does nothing but load cdktf, and a plot of many environments.")
  .option("--keep", "add the figures to tools/bench/history.jsonl, and draw the plot into docs", false)
  .option("--most <environments>", "environments at most: 1, 10, 100 or 1000", wholeNumber, 1000)
  .addHelpText("after", "\nExample:\n  npm run bench -- --most 100")
  .action(measureAll)
  .parseAsync();

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("it is a whole number, such as 100.");
  return Number(text);
}
