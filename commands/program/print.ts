import { styleText } from "node:util";
import type { Warning } from "../../modules/config/rules/rule";
import type { Output } from "./surroundings";

export function printLine(output: Output, text = ""): void {
  output.write(`${text}\n`);
}

/** For machines: one JSON document. */
export function printJson(output: Output, value: unknown): void {
  printLine(output, JSON.stringify(value, null, 2));
}

/** A heading; bold on a terminal. */
export function printHeading(output: Output, text: string): void {
  printLine(output, output.colour ? styleText("bold", text) : text);
}

/** What a reader should know of an environment, on standard error: it is in nobody's way there. */
export function printWarnings(errors: Output, warnings: readonly Warning[]): void {
  for (const { file, message } of warnings) printLine(errors, `${file}: ${message}`);
}
