import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { holdsWithin } from "./waiting";

const run = promisify(execFile);

/** Whether a process of this id runs, whoever owns it. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The command line of a process, or undefined when there is none of that id. */
export async function commandLine(pid: number): Promise<string | undefined> {
  const file = `/proc/${pid}/cmdline`;
  if (existsSync(file)) {
    return readFileSync(file, "utf8").replaceAll("\0", " ").trim();
  }
  return run("ps", ["-o", "args=", "-p", String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

/** Asks a process to end and waits until it has; one that does not listen for five seconds is killed. */
export async function endProcess(pid: number): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (!processExists(pid)) {
      return;
    }
    signalUnlessGone(pid, signal);
    await holdsWithin(5000, () => !processExists(pid));
  }
}

/** Sends a signal to a process that may have ended between being seen and being signalled. */
export function signalUnlessGone(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) {
      throw error;
    }
  }
}
