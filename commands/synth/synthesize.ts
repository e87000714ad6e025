import { spawnSync } from "node:child_process";
import { join } from "node:path";

export interface SynthesizeOptions {
  /** Root of the project. */
  readonly root: string;
  /** Names of environments. Default: all. */
  readonly environments?: readonly string[];
  /** Folder to write to. Default: what `CDKTF_OUTDIR` says, otherwise `cdktf.out`. */
  readonly outdir?: string;
}

/** Checks environments and writes their stacks; returns an exit code, having said what was wrong. */
export async function synthesize({ root, environments, outdir }: SynthesizeOptions): Promise<number> {
  const { ENVIRONMENTS: _, ...variables } = process.env;
  const { status, error } = spawnSync(process.execPath, [join(root, "dist", "main.js")], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...variables,
      ...(environments === undefined ? {} : { ENVIRONMENTS: environments.join(",") }),
      ...(outdir === undefined ? {} : { CDKTF_OUTDIR: outdir }),
    },
  });
  if (error !== undefined) throw error;
  return status ?? 1;
}
