import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire, SourceMap } from "node:module";
import { basename, dirname, join, sep } from "node:path";
import { EnvironmentError, type FileProblem, type Problem } from "../modules/schema/problem";
import { allOf, nearest } from "../modules/schema/suggest";
import type { EnvironmentFile } from "./rules/rule";

/** How the file ends that adds to an environment's stacks; its name begins with the environment's. */
const additionsEnding = ".stacks.ts";

/** Folder of what environments share, below `environments/`: none of its files is an environment. */
const sharedFolder = "data";

/**
 * Files of the environments that a folder holds, relative to it, by name. In folders below it, those count that have a
 * default export.
 *
 * @throws EnvironmentError where two files have one name
 */
export function environmentSources(sourceFolder: string): ReadonlyMap<string, string> {
  if (!existsSync(sourceFolder)) return new Map();
  const files = readdirSync(sourceFolder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !file.endsWith(additionsEnding))
    .filter((file) => isEnvironment(sourceFolder, file))
    .sort();
  const found = new Map<string, string>();
  for (const file of files) {
    const name = basename(file, ".ts");
    const other = found.get(name);
    if (other !== undefined) throw twoOfAName(sourceFolder, file, other);
    found.set(name, file);
  }
  return found;
}

/**
 * Files that add to stacks, relative to the folder of the environments, by the name of their environment.
 *
 * @throws EnvironmentError where there is no such environment beside one
 */
export function additionSources(sourceFolder: string): Readonly<Record<string, string>> {
  if (!existsSync(sourceFolder)) return {};
  const environments = new Set(environmentSources(sourceFolder).values());
  const files = readdirSync(sourceFolder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(additionsEnding))
    .sort();
  const alone = files.filter((file) => !environments.has(file.replace(/\.stacks\.ts$/, ".ts")));
  const folder = basename(sourceFolder);
  if (alone.length > 0) {
    throw new EnvironmentError(
      alone.map((file) => ({
        file: shown(folder, file),
        problem: {
          path: "",
          value: undefined,
          rule: "it adds to the stacks of an environment, and there is none of its name beside it",
          remedy: `write ${shown(folder, file.replace(/\.stacks\.ts$/, ".ts"))}, or give the file the name of its environment`,
        },
      })),
    );
  }
  return Object.fromEntries(files.map((file) => [basename(file, additionsEnding), shown(folder, file)]));
}

function isEnvironment(sourceFolder: string, file: string): boolean {
  const folder = dirname(file);
  if (folder === ".") return true;
  return (
    !folder.split(sep).includes(sharedFolder) &&
    /^export default\b/m.test(readFileSync(join(sourceFolder, file), "utf8"))
  );
}

function twoOfAName(sourceFolder: string, file: string, other: string): EnvironmentError {
  const folder = basename(sourceFolder);
  return new EnvironmentError([
    {
      file: shown(folder, file),
      problem: {
        path: "",
        value: basename(file, ".ts"),
        rule: `${shown(folder, other)} has this name too, and stacks, states and names in AWS go by it`,
        remedy: "give one of the two files another name",
      },
    },
  ]);
}

/** A file's path in the project, as every system writes it. */
const shown = (folder: string, file: string) => `${folder}/${file.replaceAll("\\", "/")}`;

/** Names of the environments that a folder holds, one a source file. */
export function environmentNames(sourceFolder: string): readonly string[] {
  return [...environmentSources(sourceFolder).keys()].sort();
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
  const sources = environmentSources(sourceFolder);
  const known = [...sources.keys()].sort();
  const unknown = (only ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new EnvironmentError(unknown.map((name) => noSuchFile(folder, name, known)));
  const load = createRequire(join(compiledFolder, "environments.js"));
  const failed: FileProblem[] = [];
  const files = known
    .filter((name) => only === undefined || only.includes(name))
    .map((name) => {
      const compiled = join(compiledFolder, `${name}.js`);
      const file = shown(folder, sources.get(name) ?? `${name}.ts`);
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
