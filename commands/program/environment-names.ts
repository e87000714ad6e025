import { basename, join } from "node:path";
import picomatch from "picomatch";
import { allOf, nearest } from "../../modules/schema/suggest";
import { environmentNames, environmentSources } from "../../platform/environment-files";
import { WrongCall } from "./errors";
import type { Surroundings } from "./surroundings";

/**
 * Names that are asked for, each once; it looks at the folder alone, so that a wrong one is answered at once.
 *
 * @throws WrongCall where one of them does not exist
 */
export function knownEnvironments(root: string, names: readonly string[]): readonly string[] {
  const known = environmentNames(join(root, "environments"));
  // A shell completes the file's path where the name is meant.
  const meantNames = names.map((name) => basename(name.replace(/^(\.\/)?environments\//, ""), ".ts"));
  const unknown = meantNames.find((name) => !known.includes(name));
  if (unknown === undefined) return [...new Set(meantNames)];
  const meant = nearest(unknown, known);
  const guess = meant === undefined ? "" : `did you mean ${meant}? `;
  const there = known.length === 0 ? "there is none yet, so write that file" : `there is ${allOf(known)}`;
  throw new WrongCall(`there is no environments/${unknown}.ts; ${guess}${capitalized(there, guess !== "")}`);
}

/**
 * The same for commands that take several: a pattern such as `eu-*` or `eu/*` stands for those whose name, or path below
 * `environments/`, fits it.
 *
 * @throws WrongCall where a name does not exist, or nothing fits a pattern
 */
export function chosenEnvironments(root: string, asked: readonly string[]): readonly string[] {
  const sources = [...environmentSources(join(root, "environments"))];
  const names = asked.flatMap((name) => {
    if (!picomatch.scan(name).isGlob) return [name];
    const fits = picomatch(name.replace(/^(\.\/)?environments\//, "").replace(/\.ts$/, ""));
    const found = sources.filter(([each, file]) => fits(each) || fits(file.replaceAll("\\", "/").replace(/\.ts$/, "")));
    if (found.length === 0) {
      throw new WrongCall(`no environment fits ${JSON.stringify(name)}; foundry list prints those there are`);
    }
    return found.map(([each]) => each).sort();
  });
  return knownEnvironments(root, names);
}

/** The same, narrowed to those that differ from a commit where one is named. */
export async function chosenSince(
  surroundings: Surroundings,
  asked: readonly string[] | undefined,
  ref: string | undefined,
): Promise<readonly string[] | undefined> {
  const { root } = surroundings;
  if (ref === undefined) return asked;
  const { changedSince } = await import("./changed-since.js");
  return changedSince(surroundings, ref, asked ?? environmentNames(join(root, "environments")));
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
  if (names.length > 0) return chosenEnvironments(root, names);
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
  return chosenEnvironments(root, listed);
}
