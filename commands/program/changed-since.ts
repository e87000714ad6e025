import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { runProgram } from "./child";
import { Refusal } from "./errors";
import { printLine } from "./print";
import type { Surroundings } from "./surroundings";

/** Which files each environment was bundled from, relative to the project; the launcher writes it. */
const inputsSchema = z.record(z.string(), z.array(z.string()));

/** What every environment's stacks are made by. */
const madeBy = /^(modules|platform|stacks|\.gen)\/|^package-lock\.json$/;

export interface Touched {
  readonly environments: readonly string[];
  /** A file that all of them are made by, where one changed. */
  readonly byAll: string | undefined;
}

/** Which environments are made of a changed file: of their own, of what they share, or of what makes all stacks. */
export function touchedBy(
  changed: readonly string[],
  inputs: Readonly<Record<string, readonly string[]>>,
  names: readonly string[],
): Touched {
  const byAll = changed.find((file) => madeBy.test(file));
  if (byAll !== undefined) return { environments: names, byAll };
  const files = new Set(changed);
  return { environments: names.filter((name) => inputs[name]?.some((file) => files.has(file))), byAll };
}

/**
 * Those of some environments that differ from a commit, with what is not committed yet.
 *
 * @throws Refusal where git knows no such commit
 */
export function changedSince(surroundings: Surroundings, ref: string, names: readonly string[]): readonly string[] {
  const file = join(surroundings.root, "dist", "environment-inputs.json");
  if (!existsSync(file)) throw new Refusal(`${file} is not there; foundry synth, called by its own program, writes it`);
  const inputs = inputsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const { environments, byAll } = touchedBy(changedFiles(surroundings, ref), inputs, names);
  if (byAll !== undefined) {
    printLine(surroundings.errors, `${byAll} differs from ${ref}, and every environment is made by it`);
  }
  return environments;
}

function changedFiles(surroundings: Surroundings, ref: string): readonly string[] {
  const git = (...args: readonly string[]): readonly string[] => {
    const { status, stdout, stderr } = runProgram(surroundings, "git", args);
    if (status !== 0) {
      const why = stderr.trim().split("\n")[0] ?? "";
      throw new Refusal(`git cannot tell what differs from ${ref} (${why}); name a commit, branch or tag that is here`);
    }
    return stdout.split("\0").filter((path) => path !== "");
  };
  return [
    ...git("diff", "--name-only", "--relative", "-z", "--no-renames", "--end-of-options", ref, "--"),
    ...git("ls-files", "--others", "--exclude-standard", "-z"),
  ];
}
