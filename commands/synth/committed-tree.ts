import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Manifest } from "cdktf";
import { allOf } from "../../modules/schema/suggest";
import { stackOrder } from "../../stacks/order";
import { askProgram } from "../program/child";
import { environmentsToRead } from "../program/environments";
import { Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";
import { kindsWithoutLock } from "./provider-lock-files";
import { type SynthesizeOptions, synthesize } from "./synthesize";

/** What Terraform leaves beside a stack, and nobody commits: plugins, plans, and copies of a state. */
const ignored = [".terraform/", "*.tfplan", "*.tfstate", "*.tfstate.*", "*_override.tf.json", "crash.log"];

/**
 * Writes the stacks as a tree that is committed: `stacks/<id>/` with the JSON, its assets and a provider lock file, and
 * nothing that differs from machine to machine. What was committed of environments that are gone goes.
 *
 * @returns an exit code, having said what was wrong
 * @throws Refusal where the tree could not be applied from another machine, or git would not take it; nothing is written
 */
export async function writeCommittedTree(
  options: Omit<SynthesizeOptions, "watch"> & Surroundings,
  folder: string,
): Promise<number> {
  const { environments } = environmentsToRead(options, options.environments ?? []);
  const local = environments.filter(({ state }) => state.kind === "local").map(({ name }) => name);
  if (local.length > 0) {
    throw new Refusal(
      `nothing was written: ${allOf(local)} ${local.length === 1 ? "keeps its" : "keep their"} states in files on this ` +
        "machine, where no pipeline finds them; " +
        'say where they are, as state: { kind: "s3", bucket: "..." } does, and foundry init state makes the bucket',
    );
  }
  const inCloud = environments.some(({ state }) => state.kind === "cloud");
  const unlocked = kindsWithoutLock(options.root, inCloud ? [...stackOrder, "workspaces"] : stackOrder);
  if (unlocked.length > 0) {
    throw new Refusal(
      `nothing was written: there is no provider lock file for ${unlocked.join(", ")}, so each machine would pick its ` +
        "own plugins; npx foundry providers lock writes providers/",
    );
  }
  await refuseIgnored(options, folder);
  const code = await synthesize({ ...options, outdir: folder, listed: false });
  if (code === 0) writeIgnored(join(folder, Manifest.stacksFolder));
  return code;
}

/** Git answers 0 for a path that it ignores, 1 for another, and more where there is no repository to ask about. */
async function refuseIgnored(surroundings: Surroundings, folder: string): Promise<void> {
  const file = join(folder, Manifest.stacksFolder, "any", "cdk.tf.json");
  const asked = await askProgram(surroundings, "git", ["check-ignore", "--no-index", "--verbose", file]);
  if (asked.status !== 0) return;
  const [rule = ""] = asked.stdout.split("\t");
  throw new Refusal(
    `nothing was written: git ignores what is in ${folder} (${rule.trim()}), so it would never be committed; name another folder`,
  );
}

/** Whoever runs Terraform in the tree commits nothing of that. A file that is there already is its owner's. */
function writeIgnored(stacks: string): void {
  const file = join(stacks, ".gitignore");
  if (existsSync(file)) return;
  mkdirSync(stacks, { recursive: true });
  writeFileSync(file, `${ignored.join("\n")}\n`);
}
