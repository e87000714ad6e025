import { join } from "node:path";
import { allOf, nearest } from "../../modules/schema/suggest";
import { environmentNames } from "../../platform/environment-files";
import { WrongCall } from "./errors";

/**
 * Names that are asked for, each once; it looks at the folder alone, so that a wrong one is answered at once.
 *
 * @throws WrongCall where one of them does not exist
 */
export function knownEnvironments(root: string, names: readonly string[]): readonly string[] {
  const known = environmentNames(join(root, "environments"));
  // A shell completes the file's path where the name is meant.
  const meantNames = names.map((name) => name.replace(/^(\.\/)?environments\//, "").replace(/\.ts$/, ""));
  const unknown = meantNames.find((name) => !known.includes(name));
  if (unknown === undefined) return [...new Set(meantNames)];
  const meant = nearest(unknown, known);
  const guess = meant === undefined ? "" : `did you mean ${meant}? `;
  const there = known.length === 0 ? "there is none yet, so write that file" : `there is ${allOf(known)}`;
  throw new WrongCall(`there is no environments/${unknown}.ts; ${guess}${capitalized(there, guess !== "")}`);
}

const capitalized = (text: string, atBeginning: boolean) =>
  atBeginning ? text.charAt(0).toUpperCase() + text.slice(1) : text;

/**
 * Environments that synth is asked for: on the command line, otherwise in the variable ENVIRONMENTS, separated by
 * commas; undefined means all.
 *
 * @throws WrongCall where the variable is set and names none, or one of the names does not exist
 */
export function selectedEnvironments(
  root: string,
  names: readonly string[],
  variable: string | undefined,
): readonly string[] | undefined {
  if (names.length > 0) return knownEnvironments(root, names);
  if (variable === undefined) return undefined;
  const listed = variable
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (listed.length === 0) {
    throw new WrongCall(
      `ENVIRONMENTS is ${JSON.stringify(variable)}, which names no environment; name one, as in ENVIRONMENTS=dev, or unset it for all`,
    );
  }
  return knownEnvironments(root, listed);
}
