import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extract } from "tar";
import { runProgram } from "../program/child";
import { Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";
import type { EnvironmentJson } from "../terraform-json/environment-json";
import { readEnvironments } from "../terraform-json/read-stacks";

/**
 * Environments as a commit has them, synthesized by that commit's own program in a temporary folder, with the packages
 * that are installed here.
 *
 * @throws Refusal where there is no such commit, or it has no program, or refuses its environments
 */
export async function environmentsAt(surroundings: Surroundings, ref: string): Promise<readonly EnvironmentJson[]> {
  const { root } = surroundings;
  const commit = runProgram(surroundings, "git", [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${ref}^{commit}`,
  ]);
  if (commit.status !== 0)
    throw new Refusal(`${ref} is no commit, branch or tag of this repository; fetch it, or name another`);
  const folder = mkdtempSync(join(tmpdir(), "base-"));
  try {
    const archive = join(folder, "base.tar");
    const archived = runProgram(surroundings, "git", [
      "archive",
      "--format=tar",
      `--output=${archive}`,
      commit.stdout.trim(),
    ]);
    if (archived.status !== 0) throw new Refusal(`git could not read ${ref} (${archived.stderr.trim()})`);
    const project = join(folder, "project");
    await extract({ file: archive, cwd: makeFolder(project) });
    const launcher = join(project, "commands", "launcher", "foundry.js");
    if (!existsSync(launcher)) throw new Refusal(`${ref} has no program that could synthesize its environments`);
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
    const out = join(folder, "out");
    // A waiver that ended since did not end the commit: what mends it could not be reviewed otherwise.
    const { stdout: day } = runProgram(surroundings, "git", ["show", "-s", "--format=%cs", commit.stdout.trim()]);
    const variables = { ...surroundings.variables, FOUNDRY_TODAY: day.trim() };
    const ended = runProgram({ ...surroundings, variables, root: project }, process.execPath, [
      launcher,
      "synth",
      "--outdir",
      out,
    ]);
    if (ended.status !== 0) {
      throw new Refusal(
        `the environments of ${ref} could not be synthesized:\n${ended.stderr.trim() || ended.stdout.trim()}`,
      );
    }
    return readEnvironments(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}
