import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire, SourceMap } from "node:module";
import { basename, join } from "node:path";
import { EnvironmentError, type FileProblem, type Problem } from "../modules/schema/problem";
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
  const failed: FileProblem[] = [];
  const files = known
    .filter((name) => only === undefined || only.includes(name))
    .map((name) => {
      const compiled = join(compiledFolder, `${name}.js`);
      const file = `${folder}/${name}.ts`;
      try {
        return { file, name, value: Object(load(compiled)).default };
      } catch (error) {
        failed.push({ file, problem: failedToLoad(error, compiled) });
        return { file, name, value: undefined };
      } finally {
        // Who reads it again wants it as it is then, and nobody else needs it.
        delete load.cache[compiled];
      }
    });
  if (failed.length > 0) throw new EnvironmentError(failed);
  return files;
}

/** What to say of a file whose code fails before it has exported anything. */
function failedToLoad(error: unknown, compiled: string): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const [, line, column] = new RegExp(`${escaped(compiled)}:(\\d+):(\\d+)`).exec(stackOf(error)) ?? [];
  const source = line === undefined ? undefined : sourceLine(compiled, Number(line), Number(column));
  return {
    path: source === undefined ? "" : `line ${source}`,
    value: undefined,
    rule: `its code fails when it is read: ${message.split("\n")[0] ?? ""}`,
    remedy: "an environment is plain data; write the value where code or a variable of the shell would give it",
  };
}

function stackOf(error: unknown): string {
  return error instanceof Error && typeof error.stack === "string" ? error.stack : "";
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Line of the source that a place in a compiled file was made from; undefined where nothing says so. */
function sourceLine(compiled: string, line: number, column: number): number | undefined {
  const map = `${compiled}.map`;
  if (!existsSync(map)) return undefined;
  const entry = new SourceMap(JSON.parse(readFileSync(map, "utf8"))).findEntry(line - 1, column - 1);
  return "originalLine" in entry ? entry.originalLine + 1 : undefined;
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
