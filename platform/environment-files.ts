import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { EnvironmentError } from "../modules/schema/problem";
import { allOf, nearest } from "../modules/schema/suggest";
import type { EnvironmentFile } from "./rules/rule";

/** Names of the environments that a folder holds, one a source file. */
export function environmentNames(sourceFolder: string): readonly string[] {
  if (!existsSync(sourceFolder)) return [];
  return readdirSync(sourceFolder)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => basename(file, ".ts"))
    .sort();
}

/**
 * Reads the default export of every environment. The sources decide which there are, so the compiled file of a source
 * that is gone is never read.
 *
 * @param sourceFolder holds one `<name>.ts` an environment.
 * @param compiledFolder holds `<name>.js` for each of them.
 * @param only names to read. Default: all.
 * @throws EnvironmentError where a name in `only` has no file.
 */
export function readEnvironmentFiles(
  sourceFolder: string,
  compiledFolder: string,
  only?: readonly string[],
): readonly EnvironmentFile[] {
  const folder = basename(sourceFolder);
  const known = environmentNames(sourceFolder);
  const unknown = (only ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new EnvironmentError(unknown.map((name) => noSuchFile(folder, name, known)));
  const load = createRequire(join(compiledFolder, "environments.js"));
  return known
    .filter((name) => only === undefined || only.includes(name))
    .map((name) => {
      const file = join(compiledFolder, `${name}.js`);
      const exported: unknown = load(file);
      // Who reads it again wants it as it is then, and nobody else needs it.
      delete load.cache[file];
      return { file: `${folder}/${name}.ts`, name, value: Object(exported).default };
    });
}

function noSuchFile(folder: string, name: string, known: readonly string[]): EnvironmentError["problems"][number] {
  const meant = nearest(name, known);
  const remedy = meant === undefined ? "" : `did you mean ${meant}? `;
  return {
    file: `${folder}/${name}.ts`,
    problem: {
      path: "",
      value: undefined,
      rule: `${JSON.stringify(name)} was asked for, and there is no such file`,
      remedy: known.length === 0 ? `write ${folder}/${name}.ts` : `${remedy}There is ${allOf(known)}`,
    },
  };
}
