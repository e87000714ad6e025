import type { Command } from "commander";
import type { Surroundings } from "./surroundings";

/** Fills in how a command is called and what it does; its name and summary are there already. */
export type Define = (command: Command, surroundings: Surroundings) => void;

/** One line of the list of commands. Its file is loaded only when the command is named. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly define: Define }>;
  /** It asks TypeScript itself, when it is ready to write; nobody else does anything before TypeScript agrees. */
  readonly asksTypeScript?: true;
}

/** Examples as the end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return [lines.length === 1 ? "\nExample:" : "\nExamples:", ...lines.map((line) => `  ${line}`)].join("\n");
}
