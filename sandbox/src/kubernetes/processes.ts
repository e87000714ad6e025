import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, resolve, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { signalUnlessGone } from "../processes";

export interface RunningProcess {
  readonly pid: number;
  /** Base name of the program, for example `kube-apiserver`. */
  readonly program: string;
}

/**
 * The control plane's processes that still run out of this work folder.
 *
 * kwokctl starts each from a copy of its program below the folder. By that path they are found even when whoever started
 * them crashed and when the pid files are gone.
 */
export async function findLeftovers(workDir: string): Promise<readonly RunningProcess[]> {
  const below = `${resolve(workDir)}${sep}`;
  const found: RunningProcess[] = [];
  for (const { pid, args } of await commandLines()) {
    const program = args[0] ?? "";
    if (program.startsWith(below)) {
      found.push({ pid, program: basename(program) });
    }
  }
  return found;
}

/**
 * Ends the control plane of this work folder by process id, with SIGKILL: its data is thrown away with it, and an API
 * server whose etcd is gone takes its time over SIGTERM.
 *
 * @throws Error naming every process that is still there five seconds later.
 */
export async function endLeftovers(workDir: string): Promise<void> {
  const deadline = Date.now() + 5000;
  let left = await findLeftovers(workDir);
  for (const { pid } of left) {
    signalUnlessGone(pid, "SIGKILL");
  }
  while (left.length > 0) {
    if (Date.now() > deadline) {
      const survivors = left.map(({ pid, program }) => `${program} (process ${pid})`);
      throw new Error(
        `${workDir}: still running after SIGKILL: ${survivors.join(", ")}. The folder cannot be removed or used again ` +
          "while they hold its files. End them by process id, then run the command again.",
      );
    }
    await sleep(20);
    left = await findLeftovers(workDir);
  }
}

interface CommandLine {
  readonly pid: number;
  readonly args: readonly string[];
}

async function commandLines(): Promise<readonly CommandLine[]> {
  return existsSync("/proc/self/cmdline") ? commandLinesFromProc() : commandLinesFromPs();
}

async function commandLinesFromProc(): Promise<readonly CommandLine[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return { pid: Number(pid), args: text.split("\0") };
    }),
  );
}

/** For systems without /proc. `ps` does not quote, so an argument with a space comes in pieces: good enough to match. */
async function commandLinesFromPs(): Promise<readonly CommandLine[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "pid=", "-o", "args="], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split("\n").map((line) => {
    const [pid, ...args] = line.trim().split(/\s+/);
    return { pid: Number(pid), args };
  });
}
