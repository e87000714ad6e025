import { execFile } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** Root of this project. */
export const projectRoot = join(__dirname, "..", "..");

export interface SynthesizeProps {
  readonly environments: readonly string[];
  /** Folder to write to, as `cdktf.out`; what is in it is removed. */
  readonly output: string;
  /** Root of the project to synthesize. Default: this one. */
  readonly root?: string;
}

/**
 * What `npm run synth` does, into another folder.
 *
 * @throws Error with what the compiler or the synthesis printed
 */
export async function synthesize({ environments, output, root = projectRoot }: SynthesizeProps): Promise<void> {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const foundry = join(root, "node_modules", "@ingress-foundry", "program", "foundry.js");
  try {
    await promisify(execFile)(process.execPath, [foundry, "synth", ...environments, "--outdir", output], { cwd: root });
  } catch (error) {
    const { stdout, stderr } = Object(error);
    throw new Error(
      `sandbox: could not synthesize the project:\n${String(stdout ?? "")}${String(stderr ?? error)}`.trim(),
    );
  }
}
