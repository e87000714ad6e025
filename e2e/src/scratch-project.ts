import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "@ingress-foundry/sandbox/synthesize";
import { NotRun } from "./results";

/** What those who use the project do not need of it, or must not share with a copy. Everything else is copied. */
const leftOut = [
  ".ci",
  ".git",
  "cdktf.out",
  "coverage",
  "dist",
  "docs",
  "e2e",
  "inputs",
  "node_modules",
  "sandbox",
  "state",
  "test",
];

/**
 * Copies the project, with one environment changed, so that what Terraform and cdktf write lands in the copy.
 *
 * @param fields fields of the environment that are added to it, as they are written in its file
 */
export function scratchProject(folder: string, environment: string, fields: readonly string[]): string {
  mkdirSync(folder, { recursive: true });
  for (const part of readdirSync(projectRoot).filter((name) => !leftOut.includes(name))) {
    cpSync(join(projectRoot, part), join(folder, part), { recursive: true });
  }
  // The environments as they are shipped: what somebody made of theirs is nothing to these scenarios.
  cpSync(join(projectRoot, "examples"), join(folder, "environments"), { recursive: true });
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  addFields(folder, environment, fields);
  return folder;
}

/** Adds fields to an environment of a project, as they are written in its file. */
export function addFields(folder: string, environment: string, fields: readonly string[]): void {
  const name = `name: ${JSON.stringify(environment)},`;
  editEnvironment(folder, environment, { [name]: [name, ...fields.map((field) => `\n  ${field},`)].join("") });
}

/**
 * Rewrites the file of an environment in a copy of the project.
 *
 * @param edits texts that stand in it once, with what takes their place
 */
export function editEnvironment(folder: string, environment: string, edits: Readonly<Record<string, string>>): void {
  const file = join(folder, "environments", `${environment}.ts`);
  let text = readFileSync(file, "utf8");
  for (const [before, after] of Object.entries(edits)) {
    const [start, ...rest] = text.split(before);
    if (rest.length !== 1) {
      throw new Error(`environments/${environment}.ts does not have ${before} once, so nothing can take its place.`);
    }
    text = [start, ...rest].join(after);
  }
  writeFileSync(file, text);
}

/**
 * Unpacks the project as it was before: the last commit when the working tree has changes, the one before it otherwise.
 *
 * @returns the commit
 * @throws NotRun when there is no such commit
 */
export function previousProject(folder: string): string {
  const git = (...args: readonly string[]) =>
    execFileSync("git", args, { cwd: projectRoot, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  const elsewhere = leftOut.map((name) => `:(exclude)${name}`);
  let commit: string;
  try {
    const changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ...elsewhere) !== "";
    commit = git("rev-parse", "--verify", "--short", changed ? "HEAD" : "HEAD~1");
  } catch {
    throw new NotRun("there is no previous commit here");
  }
  mkdirSync(folder, { recursive: true });
  const archive = execFileSync("git", ["archive", commit], { cwd: projectRoot, maxBuffer: 256 * 1024 * 1024 });
  execFileSync("tar", ["-x", "-C", folder], { input: archive });
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  return commit;
}
