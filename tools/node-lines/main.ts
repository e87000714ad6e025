import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { installNode } from "./install";
import { runSuite } from "./suite";

const root = join(__dirname, "..", "..");
const lines = ["20", "22", "24"];

function main(named: readonly string[]): void {
  const unknown = named.filter((line) => !lines.includes(line));
  if (unknown.length > 0)
    throw new Error(`not among the lines of Node here: ${unknown.join(", ")}; ${lines.join(", ")} are`);
  const scratch = mkdtempSync(join(tmpdir(), "node-lines-"));
  try {
    const outcomes = (named.length > 0 ? named : lines).map((line) => {
      const program = installNode(join(root, "node_modules", ".cache", "node-lines"), line);
      return runSuite(root, program, join(scratch, `${line}.json`));
    });
    const table = new Table({
      head: ["Node", "suite", "passed", "failed", "not checked", "seconds"],
      style: { head: [], border: [] },
    });
    for (const { version, passed, counts, seconds } of outcomes) {
      const cells = [counts?.numPassedTests, counts?.numFailedTests, counts?.numPendingTests].map((n) => n ?? "?");
      table.push([version, passed ? "passed" : "FAILED", ...cells, Math.round(seconds)]);
    }
    console.log(`\n${table}`);
    if (outcomes.some(({ passed }) => !passed)) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
