import Table from "cli-table3";
import { printLine, styled } from "./print";
import type { Output } from "./surroundings";

const noLines = Object.fromEntries(
  ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"]
    .concat(["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"])
    .map((part) => [part, ""]),
);

/** A table with a line of headings. */
export function printTable(output: Output, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const table = new Table({
    head: [...head],
    chars: { ...noLines, middle: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  table.push(...rows.map((row) => [...row]));
  // cli-table3 fills the last column with blanks.
  const [headings = "", ...lines] = table.toString().replace(/ +$/gm, "").split("\n");
  printLine(output, [styled(output, "dim", headings), ...lines].join("\n"));
}
