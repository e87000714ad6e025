import { stripVTControlCharacters } from "node:util";
import { EnvironmentError } from "../../modules/schema/problem";
import { environmentsToRead } from "./environments";
import { printLine } from "./print";
import type { Surroundings, TypeCheck } from "./surroundings";

/** A line that begins what TypeScript has against a file. */
const beginning = /^((?:[\w.-]+\/)*[\w.-]+\.ts)[(:]/;

/**
 * What TypeScript has against the sources, but for those files that we have something against ourselves: of a union it
 * lists every branch where one field is wrong.
 *
 * @param reported files whose problems are printed already
 */
export function typeErrorsBeside(output: string, reported: ReadonlySet<string>): string {
  if (reported.size === 0) return output;
  let file: string | undefined;
  const lines = output.split("\n").filter((line) => {
    const plain = stripVTControlCharacters(line);
    file = beginning.exec(plain)?.[1] ?? file;
    return (file === undefined || !reported.has(file)) && !plain.startsWith("Found ");
  });
  const rest = lines.join("\n").trim();
  return rest === "" ? "" : `${rest}\n`;
}

/** Says what is wrong with the sources: our own words first, then TypeScript's about everything else. */
export function printTypeErrors(surroundings: Surroundings, { output }: TypeCheck): void {
  const { errors } = surroundings;
  const ours = ownProblems(surroundings);
  if (ours !== undefined) printLine(errors, ours.message);
  errors.write(typeErrorsBeside(output, filesOf(ours)));
}

export function filesOf(error: EnvironmentError | undefined): ReadonlySet<string> {
  return new Set(error?.problems.map(({ file }) => file));
}

function ownProblems(surroundings: Surroundings): EnvironmentError | undefined {
  try {
    environmentsToRead(surroundings, []);
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
  }
  // What is not of the right type may fail in some other way, of which TypeScript speaks.
  return undefined;
}
