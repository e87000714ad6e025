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
  await step(root, "compile", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"], {});
  await step(root, "synthesize", ["dist/main.js"], { ENVIRONMENTS: environments.join(","), CDKTF_OUTDIR: output });
}

async function step(root: string, what: string, args: readonly string[], variables: NodeJS.ProcessEnv): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, args, { cwd: root, env: { ...process.env, ...variables } });
  } catch (error) {
    const { stdout, stderr } = Object(error);
    throw new Error(
      `sandbox: could not ${what} the project:\n${String(stdout ?? "")}${String(stderr ?? error)}`.trim(),
    );
  }
}
