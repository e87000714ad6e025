import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** Everything Terraform needs to know of where it runs. */
export interface TerraformContext {
  /** `terraform` or `tofu`. */
  readonly program: string;
  /** The whole environment of the process. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface TerraformResult {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  /** Standard output and standard error, in the order in which they were written. */
  readonly output: string;
}

export interface RunOptions {
  /** File that keeps the output. */
  readonly log: string;
  /** Interrupts the run as Ctrl-C does: Terraform writes its state and gives its lock back. */
  readonly signal?: AbortSignal | undefined;
  /** Variables beside those of the context. Default: none. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with the process once it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Milliseconds that an interrupted Terraform has to write its state. */
const interruptTimeout = 30_000;

/**
 * The Terraform program of this machine: what `TERRAFORM_BINARY_NAME` says, otherwise `terraform`, or `tofu` where there
 * is none.
 *
 * @throws Error when neither is on the PATH
 */
export function terraformProgram(): string {
  const { TERRAFORM_BINARY_NAME: chosen } = process.env;
  const found = (chosen === undefined ? ["terraform", "tofu"] : [chosen]).find(
    (program) => spawnSync(program, ["-version"]).status === 0,
  );
  if (found === undefined) {
    throw new Error(
      `sandbox: ${chosen === undefined ? "neither `terraform` nor `tofu`" : `no \`${chosen}\``} is on the PATH, and the sandbox ` +
        "applies the stacks with it. " +
        "Install Terraform 1.10 or newer, or OpenTofu 1.10 or newer.",
    );
  }
  return found;
}

/** Runs Terraform in a stack's folder to its end. */
export function runTerraform(
  context: TerraformContext,
  folder: string,
  args: readonly string[],
  options: RunOptions,
): Promise<TerraformResult> {
  mkdirSync(dirname(options.log), { recursive: true });
  const log = openSync(options.log, "w");
  return new Promise<TerraformResult>((resolve, reject) => {
    const child = spawn(context.program, args, {
      cwd: folder,
      env: { ...context.environment, ...options.environment },
      stdio: ["ignore", log, log],
      // A process group of its own: it can be killed together with its plugins, and Ctrl-C in the terminal reaches it
      // once, by its signal. At a second interrupt Terraform ends without writing its state.
      detached: true,
    });
    const interrupt = () => {
      child.kill("SIGINT");
      setTimeout(() => child.kill("SIGKILL"), interruptTimeout).unref();
    };
    options.signal?.addEventListener("abort", interrupt, { once: true });
    if (options.signal?.aborted) {
      interrupt();
    }
    child.once("spawn", () => options.onStart?.(child));
    child.once("error", reject);
    child.once("close", (code) => {
      options.signal?.removeEventListener("abort", interrupt);
      // A sandbox that is ended takes its logs with it.
      const output = existsSync(options.log) ? stripVTControlCharacters(readFileSync(options.log, "utf8")) : "";
      resolve({ exitCode: code ?? undefined, output });
    });
  }).finally(() => closeSync(log));
}
