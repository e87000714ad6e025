import { spawn, spawnSync } from "node:child_process";
import { Refusal } from "./errors";
import type { Surroundings } from "./surroundings";

export interface Ended {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs another program in the project's folder to its end and keeps what it prints.
 *
 * @param input what it reads. Default: nothing
 * @throws Refusal where it cannot be started
 */
export function runProgram(
  { root, variables }: Pick<Surroundings, "root" | "variables">,
  program: string,
  args: readonly string[],
  input = "",
): Ended {
  // A list of every Helm record of a large cluster is long.
  const options = { cwd: root, encoding: "utf8", env: { ...variables }, maxBuffer: 256 * 1024 * 1024 } as const;
  const { status, stdout, stderr, error } = spawnSync(program, args, { ...options, input });
  if (error !== undefined) throw notStarted(program, error);
  return { status, stdout, stderr };
}

/**
 * The same, while other work goes on.
 *
 * @throws Refusal where it cannot be started
 */
export async function askProgram(
  { root, variables }: Pick<Surroundings, "root" | "variables">,
  program: string,
  args: readonly string[],
  input = "",
): Promise<Ended> {
  const child = spawn(program, args, { cwd: root, env: { ...variables } });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
    });
  }
  // A program that ends without reading all of it is no fault.
  child.stdin.on("error", () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(notStarted(program, error)));
    child.once("close", (status) => resolve({ status, ...printed }));
  });
}

/**
 * Runs another program with its output before the reader's eyes; returns its exit code, null where a signal ended it.
 *
 * @throws Refusal where it cannot be started
 */
export async function showProgram(
  { variables }: Pick<Surroundings, "variables">,
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly input: "ignore" | "inherit" },
): Promise<number | null> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...variables },
    stdio: [options.input, "inherit", "inherit"],
  });
  // Ctrl-C reaches the child from the terminal itself, and Terraform takes a second one as an order to stop at once.
  const wait = () => undefined;
  const handOn = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGINT", wait).on("SIGTERM", handOn).on("SIGHUP", handOn);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", (error) => reject(notStarted(program, error)));
      child.once("close", resolve);
    });
  } finally {
    process.off("SIGINT", wait).off("SIGTERM", handOn).off("SIGHUP", handOn);
  }
}

/** What to say of a program that cannot be started. */
export function notStarted(program: string, { message }: Error): Refusal {
  return new Refusal(`${program} could not be started (${message}); install it, or put it on the PATH`);
}
