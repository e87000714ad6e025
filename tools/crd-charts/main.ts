import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { definitionsFile, inputsFolder } from "../../commands/inputs/inputs-folder";
import { chartFiles } from "./chart";
import { type MadeChart, madeCharts } from "./charts";

const root = path.join(__dirname, "../..");
process.chdir(root);

function make(made: MadeChart): void {
  const { chart, definitions } = made;
  const source = definitionsFile(definitions, chart.component.version);
  const files = chartFiles(made, path.join(inputsFolder(root, process.env), source));
  // Only now: whatever is wrong with the input, the chart of the last run stays.
  rmSync(chart.folder, { recursive: true, force: true });
  for (const [file, text] of files) {
    const target = path.join(chart.folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  console.log(`${chart.folder}: ${files.size} files`);
}

try {
  for (const made of madeCharts) make(made);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
