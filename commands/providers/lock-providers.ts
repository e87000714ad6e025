import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentNames } from "../../platform/environment-files";
import { stackId, stackOrder } from "../../stacks/order";
import { workspacesStackId } from "../../stacks/workspaces";
import { showProgram } from "../program/child";
import { AlreadyReported, Refusal } from "../program/errors";
import { printHeading, printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import {
  type LockedKind,
  lockedVersions,
  lockFile,
  lockFileIn,
  readLock,
  shownPath,
  writeLock,
} from "../synth/provider-lock-files";
import type { writeStacks } from "../synth/synthesize";
import { terraformProgram } from "../terraform/program";
import { requiredProviders } from "./required-providers";

export interface LockOptions {
  /** Take the newest versions that the stacks admit, and not those that are locked. */
  readonly upgrade: boolean;
  /** Platforms whose plugins may be used, such as `linux_amd64`. */
  readonly platforms: readonly string[];
  /** A folder to take plugins from, in place of their registry. */
  readonly fsMirror?: string;
  /** The address of a mirror to take plugins from, in place of their registry. */
  readonly netMirror?: string;
}

/**
 * Writes the lock file of every kind of stack, for all environments together.
 *
 * @throws Refusal that names the kinds which could not be locked; their files stay as they are
 */
export async function lockProviders(
  surroundings: Surroundings,
  options: LockOptions,
  synthesizer: typeof writeStacks,
): Promise<void> {
  const { root } = surroundings;
  const environments = environmentNames(join(root, "environments"));
  const scratch = mkdtempSync(join(tmpdir(), "providers-"));
  try {
    const code = await synthesizer({ ...surroundings, environments, outdir: scratch });
    if (code !== 0) throw new AlreadyReported(code);
    const failed: LockedKind[] = [];
    for (const [kind, ids] of stacksByKind(scratch, environments)) {
      printHeading(surroundings.output, `\n== ${shownPath(root, kind)}`);
      const folder = join(scratch, kind);
      mkdirSync(folder);
      const required = requiredProviders(scratch, ids);
      const module = { terraform: { required_providers: required } };
      writeFileSync(join(folder, "main.tf.json"), JSON.stringify(module, null, 2));
      if (!(await locked(surroundings, options, kind, folder))) failed.push(kind);
    }
    if (failed.length > 0) throw new Refusal(notLocked(failed, options.upgrade));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The stacks of each kind that there is, by their ids. */
function stacksByKind(outdir: string, environments: readonly string[]): ReadonlyMap<LockedKind, readonly string[]> {
  const kinds = new Map<LockedKind, readonly string[]>(
    stackOrder.map((kind) => [kind, environments.map((environment) => stackId(environment, kind))]),
  );
  const workspaces = readdirSync(join(outdir, "stacks")).filter((id) => id.endsWith(workspacesStackId("")));
  return workspaces.length === 0 ? kinds : kinds.set("workspaces", workspaces);
}

/** Lets Terraform lock the providers of one kind of stack, and keeps what it wrote; false where it refused. */
async function locked(
  surroundings: Surroundings,
  { upgrade, platforms, fsMirror, netMirror }: LockOptions,
  kind: LockedKind,
  folder: string,
): Promise<boolean> {
  const kept = lockFile(surroundings.root, kind);
  const before = readLock(kept);
  if (before !== undefined && !upgrade) writeLock(lockFileIn(folder), before);
  const args = [
    ...platforms.map((platform) => `-platform=${platform}`),
    ...(fsMirror === undefined ? [] : [`-fs-mirror=${fsMirror}`]),
    ...(netMirror === undefined ? [] : [`-net-mirror=${netMirror}`]),
    ...(surroundings.output.colour ? [] : ["-no-color"]),
  ];
  const program = terraformProgram(surroundings.variables);
  const status = await showProgram(surroundings, program, ["providers", "lock", ...args], {
    cwd: folder,
    input: "ignore",
  });
  const after = readLock(lockFileIn(folder));
  if (status !== 0 || after === undefined) return false;
  writeLock(kept, after);
  for (const line of changes(before, after)) printLine(surroundings.output, line);
  return true;
}

/** A line a provider: its version, and the one before where it was another. */
function changes(before: string | undefined, after: string): readonly string[] {
  const old = before === undefined ? undefined : lockedVersions(before);
  return [...lockedVersions(after)].map(([address, version]) => {
    const was = old?.get(address);
    return `${address} ${version}${was === undefined || was === version ? "" : `, was ${was}`}`;
  });
}

function notLocked(kinds: readonly LockedKind[], upgraded: boolean): string {
  const hint = upgraded ? "" : "; where a locked version is out of range, foundry providers upgrade takes another";
  return `not locked: ${kinds.join(", ")}; Terraform says why above${hint}`;
}
