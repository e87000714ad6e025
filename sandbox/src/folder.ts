import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { sandboxCacheFolder } from "./cache-folder";

/** Where everything of one sandbox lies, as absolute paths. All of it goes with `down`. */
export interface SandboxFolder {
  readonly name: string;
  readonly root: string;
  /** What the sandbox is for, written before its keeper starts. */
  readonly plan: string;
  /** How to reach what the keeper runs; there while it is ready. */
  readonly keeper: string;
  readonly keeperLog: string;
  /** Id of the process whose death ends the sandbox; absent once the sandbox may stay. */
  readonly owner: string;
  /** What the keeper did that a cluster of AWS would do by itself. */
  readonly report: string;
  /** Copy of what is synthesized, as `cdktf.out`; the state files lie beside it, as in the project. */
  readonly synthesized: string;
  /** State files of stacks with a local backend; the stacks name it by a relative path. */
  readonly state: string;
  /** Packaged charts that the chart repository serves. */
  readonly charts: string;
  readonly aws: string;
  /** Helm's own caches, so that the user's are left alone. */
  readonly helm: string;
  /** Output of every Terraform run. */
  readonly logs: string;
}

/** A name of at most 30 lower-case letters, digits and hyphens. */
export const sandboxName = /^[a-z][a-z0-9-]{0,29}$/;

/** Folder of all sandboxes of this user: `$XDG_CACHE_HOME/ingress-foundry/sandboxes`, by default under `~/.cache`. */
export function sandboxesFolder(): string {
  return join(dirname(sandboxCacheFolder()), "sandboxes");
}

/** @throws Error when the name is not one that a folder, a kubeconfig context and a process list can carry */
export function sandboxFolder(name: string): SandboxFolder {
  if (!sandboxName.test(name)) {
    throw new Error(
      `sandbox: the name ${JSON.stringify(name)} names a folder and a cluster, and cannot. ` +
        "Write at most 30 lower-case letters, digits and hyphens, the first one a letter.",
    );
  }
  const root = join(sandboxesFolder(), name);
  return {
    name,
    root,
    plan: join(root, "plan.json"),
    keeper: join(root, "keeper.json"),
    keeperLog: join(root, "keeper.log"),
    owner: join(root, "owner"),
    report: join(root, "report.json"),
    synthesized: join(root, "cdktf.out"),
    state: join(root, "state"),
    charts: join(root, "charts"),
    aws: join(root, "aws"),
    helm: join(root, "helm"),
    logs: join(root, "logs"),
  };
}

/** Names of the sandboxes that have a folder, whether or not they run. */
export function existingSandboxes(): readonly string[] {
  const folder = sandboxesFolder();
  return existsSync(folder) ? readdirSync(folder).filter((name) => sandboxName.test(name)) : [];
}
