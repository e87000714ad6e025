import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { App, type IManifest } from "cdktf";
import type { Environment } from "../../platform/environment";
import { environmentStacks } from "../../stacks/environment";
import type { AddToStacks } from "../../stacks/open-stacks";
import { stackSummary } from "../../stacks/summary";
import { errorLines } from "../doors/errors";
import { Landscape } from "../doors/landscape";
import { traceOf } from "../doors/trace";
import { Refusal } from "../program/errors";
import { exitCodes } from "../program/exit-codes";
import { systemFault } from "../program/system-error";
import { violationsOf } from "../review/policies/policies";
import type { Violation } from "../review/policies/policy";
import { readEnvironments } from "../terraform-json/read-stacks";
import { writtenWithAdditions } from "./additions";

/** Where an environment's stacks are written first, and where they belong. */
export interface Folders {
  /** Holds one folder an environment, laid out as `outdir` is. */
  readonly staging: string;
  readonly outdir: string;
}

/** The same, and what is added to stacks. */
export interface StageFolders extends Folders {
  /** Holds what environments and additions are compiled to. */
  readonly bundles: string;
  /** Files that add to stacks, by the name of their environment. */
  readonly additions: Readonly<Record<string, string>>;
}

/** An environment whose stacks are made, while what was there before still stands. */
export interface Staged {
  readonly name: string;
  readonly manifest: IManifest;
  /** One line a stack. */
  readonly summaries: readonly string[];
  /** Every file that belongs to its stacks, relative to both folders. */
  readonly files: readonly string[];
  /** Those that are not in `outdir` yet, or not like this. No other file is left in `staging`. */
  readonly changed: readonly string[];
  /** Ways in that lead nowhere or that no route declares, a line each. What did not change was looked at before. */
  readonly holes: readonly string[];
  /** Every place that breaks a policy, waived or not. */
  readonly violations: readonly Violation[];
}

/** Has cdktf write the stacks of an environment into a folder of its own, and keeps there what differs. */
export function stage(environment: Environment, folders: StageFolders): Staged {
  const staging = join(folders.staging, environment.name);
  mkdirSync(staging, { recursive: true });
  const app = new App({ stackTraces: false, outdir: staging });
  const addition = folders.additions[environment.name];
  const summaries =
    addition === undefined
      ? written(app, environment)
      : writtenWithAdditions(app, environment, {
          file: addition,
          compiled: join(folders.bundles, `${environment.name}.stacks.js`),
          without: `${staging}.without`,
          write: (into, add) => written(into, environment, add),
        });
  const { files, changed } = compared(staging, folders.outdir);
  const landscapes = readEnvironments(staging, [environment.name]).map((json) => new Landscape(json));
  const holes =
    changed.length === 0
      ? []
      : landscapes.flatMap((landscape) => errorLines(traceOf(landscape.environment, landscape)));
  const violations = landscapes.flatMap(violationsOf);
  dropUnchanged(staging, files, changed);
  const manifest = app.manifest.buildManifest();
  return { name: environment.name, manifest, summaries, files, changed, holes, violations };
}

/** Which of the stacks' files differ from what is there. No other file is left in the staging folder. */
export function keepChanged(staging: string, outdir: string): Pick<Staged, "files" | "changed"> {
  const { files, changed } = compared(staging, outdir);
  dropUnchanged(staging, files, changed);
  return { files, changed };
}

function compared(staging: string, outdir: string): Pick<Staged, "files" | "changed"> {
  const files = filesBelow(join(staging, "stacks")).map((file) => join("stacks", file));
  return { files, changed: files.filter((file) => !sameBytes(join(staging, file), join(outdir, file))) };
}

function dropUnchanged(staging: string, files: readonly string[], changed: readonly string[]): void {
  if (changed.length === 0) rmSync(staging, { recursive: true });
  else for (const file of files) if (!changed.includes(file)) rmSync(join(staging, file));
}

/** Writes the stacks. Rules have passed the environment, so what fails now is a rule that is missing. */
function written(app: App, environment: Environment, add?: AddToStacks): readonly string[] {
  try {
    const stacks = environmentStacks(app, environment, add);
    const summaries = stacks.map((stack) => stackSummary(stack, environment));
    app.synth();
    return summaries;
  } catch (error) {
    if (systemFault(error) !== undefined || error instanceof Refusal) throw error;
    throw new Refusal(
      `environments/${environment.name}.ts keeps every rule, and its stacks cannot be made all the same: ` +
        `${firstLine(error)}; a rule is missing here, so please report it with the file, and rename or take out what ` +
        "the message speaks of meanwhile",
      exitCodes.failed.code,
      error,
    );
  }
}

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]?.replace(/\.$/, "");

/** Paths of all files below a folder, relative to it. */
export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

export function sameBytes(one: string, other: string): boolean {
  const size = statSync(other, { throwIfNoEntry: false })?.size;
  return size === statSync(one).size && readFileSync(one).equals(readFileSync(other));
}
