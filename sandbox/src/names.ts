import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { closest, distance } from "fastest-levenshtein";

/** Names of the environments that a project has: it looks at the folder alone, so that a wrong one is answered at once. */
export function environmentNames(project: string): readonly string[] {
  const folder = join(project, "environments");
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => basename(file, ".ts"))
    .sort();
}

/** Somebody asked for what does not exist. */
export class UnknownName extends Error {}

/**
 * @param what such as `environment`
 * @throws UnknownName that says what there is, and which of it is nearest
 */
export function checkName(what: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) {
    return;
  }
  const near = known.length === 0 ? undefined : closest(name, known);
  const isNear = near !== undefined && distance(name, near) <= Math.max(1, Math.floor(name.length / 3));
  const guess = isNear ? ` Did you mean ${near}?` : "";
  const there = known.length === 0 ? "There is none." : `There is ${known.join(", ")}.`;
  throw new UnknownName(`there is no ${what} ${name}.${guess} ${there}`);
}
