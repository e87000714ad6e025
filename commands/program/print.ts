import { styleText } from "node:util";
import type { Warning } from "../../platform/rules/rule";
import type { Output } from "./surroundings";

export function printLine(output: Output, text = ""): void {
  output.write(`${text}\n`);
}

/** For machines: one JSON document. */
export function printJson(output: Output, value: unknown): void {
  printLine(output, JSON.stringify(value, null, 2));
}

/** A text as it is shown where the output has colours. */
export function styled(output: Output, style: "bold" | "dim", text: string): string {
  // Node would look at its own standard output instead.
  return output.colour ? styleText(style, text, { validateStream: false }) : text;
}

/** A heading; bold on a terminal. */
export function printHeading(output: Output, text: string): void {
  printLine(output, styled(output, "bold", text));
}

/** Files that one warning names; of more, it says how many. */
const filesNamed = 5;

/**
 * What a reader should know of an environment, on standard error: it is in nobody's way there. What many environments
 * have in common is said once.
 */
export function printWarnings(errors: Output, warnings: readonly Warning[]): void {
  const times = new Map<string, number>();
  for (const { message } of warnings) times.set(message, (times.get(message) ?? 0) + 1);
  const said = new Set<string>();
  for (const { file, message } of warnings) {
    const files = times.get(message) ?? 1;
    if (files <= filesNamed) printLine(errors, `${file}: ${message}`);
    else if (!said.has(message)) printLine(errors, `${file} and ${files - 1} others: ${message}`);
    said.add(message);
  }
}
