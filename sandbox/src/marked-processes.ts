import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { SandboxFolder } from "./folder";
import { signalUnlessGone } from "./processes";
import { holdsWithin } from "./waiting";

/** Environment variable that every process of a sandbox inherits; its value is the sandbox's folder. */
export const marker = "INGRESS_FOUNDRY_SANDBOX";

export interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

/** Milliseconds for a process to end after SIGTERM, and again after SIGKILL. */
const patience = 5_000;

/** Every process that was started for a sandbox and still runs, but for this one: also what a crash left behind. */
export async function markedProcesses(folder: SandboxFolder): Promise<readonly MarkedProcess[]> {
  const mark = `${marker}=${folder.root}`;
  const found = existsSync("/proc/self/environ") ? await markedInProc(mark) : await markedInPs(mark);
  return found.filter(({ pid }) => pid !== process.pid);
}

/**
 * Ends them by process id: SIGTERM, then SIGKILL.
 *
 * @returns those that were there
 * @throws Error naming those that are still there
 */
export async function endMarkedProcesses(folder: SandboxFolder): Promise<readonly MarkedProcess[]> {
  const before = await markedProcesses(folder);
  let left = before;
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    for (const { pid } of left) {
      signalUnlessGone(pid, signal);
    }
    await holdsWithin(patience, async () => {
      left = await markedProcesses(folder);
      return left.length === 0;
    });
  }
  if (left.length > 0) {
    const names = left.map(({ pid, command }) => `${command} (process ${pid})`).join(", ");
    throw new Error(
      `sandbox ${folder.name}: still running after SIGKILL: ${names}. The sandbox's folder cannot be removed while they ` +
        "hold its files. End them by process id, then run the command again.",
    );
  }
  return before;
}

async function markedInProc(mark: string): Promise<readonly MarkedProcess[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const processes = await Promise.all(
    pids.map(async (pid) => {
      // Other users' processes cannot be read, and are not ours; an ended one has an empty environment.
      const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
      if (!environment.split("\0").includes(mark)) {
        return [];
      }
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return [{ pid: Number(pid), command: command.split("\0").slice(0, 3).join(" ") }];
    }),
  );
  return processes.flat();
}

/** For systems without /proc: `-E` shows the environment behind the command. */
async function markedInPs(mark: string): Promise<readonly MarkedProcess[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-E", "-ww", "-o", "pid=", "-o", "command="], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, command = ""] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
    return `${command} `.includes(` ${mark} `) ? [{ pid: Number(pid), command: command.slice(0, 60) }] : [];
  });
}
