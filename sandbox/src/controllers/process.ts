import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pythonEnvironment } from "../aws/python-environment";
import { processExists } from "../processes";

export interface LoopbackProgram {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** URLs on 127.0.0.1 that the program has to reach. */
  readonly reach: readonly string[];
  /** A port that the program listens on, and the port of 127.0.0.1 that leads to it. */
  readonly expose?: { readonly inside: number; readonly outside: number };
  /** File that its output is added to. */
  readonly log: string;
}

/** A program that runs where there is nothing but loopback. */
export interface RunningProgram {
  /** How it ended; undefined while it runs. */
  readonly ended: () => string | undefined;
  stop(): Promise<void>;
}

/** Milliseconds that a controller has for its last words. */
const patience = 5_000;

/** Starts a program in a network namespace of its own; see `loopback-only.py`. */
export async function runOnLoopback(props: LoopbackProgram): Promise<RunningProgram> {
  const { python } = await pythonEnvironment();
  const doors = [
    ...props.reach.flatMap((url) => ["--reach", new URL(url).port]),
    ...(props.expose === undefined ? [] : ["--expose", `${props.expose.inside}:${props.expose.outside}`]),
  ];
  const log = openSync(props.log, "a");
  const child = spawn(python, [join(__dirname, "loopback-only.py"), ...doors, "--", props.program, ...props.args], {
    stdio: ["ignore", log, log],
    env: { ...props.environment },
  });
  closeSync(log);
  let ended: string | undefined;
  child.once("error", (error) => {
    ended = error.message;
  });
  child.once("exit", (code, signal) => {
    ended = `ended with ${code ?? signal}`;
  });
  return { ended: () => ended, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || !processExists(pid)) {
    return;
  }
  await new Promise<void>((resolve) => {
    const kill = setTimeout(() => child.kill("SIGKILL"), patience);
    child.once("exit", () => {
      clearTimeout(kill);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/** Writes the keys of a Secret as files, as a volume would hold them. */
export function writeSecretFiles(folder: string, data: Readonly<Record<string, string>>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [key, value] of Object.entries(data)) {
    writeFileSync(join(folder, key), Buffer.from(value, "base64"), { mode: 0o600 });
  }
}
