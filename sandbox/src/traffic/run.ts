import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * Runs a program of the system to its end.
 *
 * @param input its standard input
 * @throws Error with what it wrote, when it fails
 */
export async function run(program: string, args: readonly string[], input?: string): Promise<string> {
  const running = promisify(execFile)(program, args, { maxBuffer: 64 * 1024 * 1024, env: systemEnvironment() });
  running.child.stdin?.on("error", () => undefined);
  running.child.stdin?.end(input);
  try {
    return (await running).stdout;
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new Error(`${program} ${args.join(" ")}: ${output}`, { cause: error });
  }
}

/** Administrators' programs are not on everybody's PATH. */
export function systemEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` };
}
