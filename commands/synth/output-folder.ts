import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { type IManifest, Manifest } from "cdktf";
import { stackId, stackOrder } from "../../stacks/order";
import { workspacesStackId } from "../../stacks/workspaces";
import { lockFileName } from "./provider-lock-files";
import { type Folders, filesBelow, type Staged, sameBytes } from "./stage";

/** What synth writes into a stack's folder. Everything else there is Terraform's or a person's, and stays. */
const ours = ["cdk.tf.json", "cdk.tf", "metadata.json", "assets"];

/**
 * Puts staged environments in their place: a file at a time, each whole, and only those that differ. Files of a stack
 * that it no longer has go.
 */
export function publish(staged: readonly Staged[], folders: Folders): void {
  for (const { name, manifest, files, changed } of staged) {
    for (const file of changed) {
      const target = join(folders.outdir, file);
      mkdirSync(dirname(target), { recursive: true });
      renameSync(join(folders.staging, name, file), target);
    }
    const kept = new Set(files);
    for (const { workingDirectory } of Object.values(manifest.stacks)) {
      removeAllBut(kept, join(folders.outdir, workingDirectory), workingDirectory);
    }
  }
}

function removeAllBut(kept: ReadonlySet<string>, folder: string, within: string): void {
  const written = filesBelow(folder).filter((file) => ours.includes(file.split(sep)[0] ?? ""));
  for (const file of written) {
    if (kept.has(join(within, file))) continue;
    rmSync(join(folder, file));
    removeWhileEmpty(dirname(join(folder, file)));
  }
}

function removeWhileEmpty(folder: string): void {
  if (readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeWhileEmpty(dirname(folder));
}

/** Writes the list of stacks that the CLI of cdktf goes by. */
export function publishManifest(manifests: readonly IManifest[], folders: Folders): void {
  const [first] = manifests;
  if (first === undefined) return;
  mkdirSync(folders.staging, { recursive: true });
  const manifest = new Manifest(first.version, folders.staging, process.env["SYNTH_HCL_OUTPUT"] === "true");
  for (const { stacks } of manifests) Object.assign(manifest.stacks, stacks);
  manifest.writeToFile();
  const [made, target] = [folders.staging, folders.outdir].map((folder) => join(folder, Manifest.fileName));
  if (made !== undefined && target !== undefined && !sameBytes(made, target)) renameSync(made, target);
}

/** A stack's folder whose environment is gone, with what Terraform or a person left in it. */
export interface Remains {
  /** Undefined for workspaces of an organization that no environment names any more. */
  readonly environment: string | undefined;
  readonly folder: string;
  readonly left: readonly string[];
}

/**
 * Removes what was synthesized of environments that no longer exist: a loop over the folders would apply it. A state and
 * whatever else synth did not write stays.
 *
 * @param living names of the environments that have a file, synthesized now or not
 * @param workspaces ids of the stacks of workspaces; undefined where not all environments were read
 */
export function removeGone(
  outdir: string,
  living: readonly string[],
  workspaces: readonly string[] | undefined,
): readonly Remains[] {
  const stacks = join(outdir, Manifest.stacksFolder);
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [];
    const environment = environmentOf(entry.name);
    const stands =
      environment === undefined
        ? !entry.name.endsWith(workspacesStackId("")) || (workspaces?.includes(entry.name) ?? true)
        : living.includes(environment);
    if (stands) return [];
    const folder = join(stacks, entry.name);
    for (const name of ours) rmSync(join(folder, name), { recursive: true, force: true });
    const left = readdirSync(folder);
    // Without plugins or a state beside it, a lock file is the one that synth put there.
    if (left.some((name) => name !== lockFileName)) return [{ environment, folder, left }];
    rmSync(folder, { recursive: true });
    return [];
  });
}

/** The environment that a stack's folder is named after; undefined for a folder that is none of ours. */
function environmentOf(id: string): string | undefined {
  const ending = stackOrder.map((name) => stackId("", name)).find((ending) => id.endsWith(ending) && id !== ending);
  return ending === undefined ? undefined : id.slice(0, -ending.length);
}
