import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { until } from "@ingress-foundry/sandbox/waiting";
import { type ApplyProgress, applyProgress } from "./apply-progress";

export interface Ended {
  readonly code: number | undefined;
  readonly output: string;
}

/** A call of `foundry` in a project of its own, until it ends or is killed. */
export class RunningFoundry {
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;
  private end: Ended | undefined;
  private readonly started = Date.now();

  constructor(
    private readonly project: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ) {
    const launcher = join(project, "node_modules", "@ingress-foundry", "program", "foundry.js");
    const child = spawn(process.execPath, [launcher, ...args], {
      cwd: project,
      env: { ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    const printed = new PassThrough();
    child.stdout.pipe(printed, { end: false });
    child.stderr.pipe(printed, { end: false });
    const output = text(printed);
    this.ended = new Promise<number | undefined>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve(code ?? undefined));
    }).then(async (code) => {
      printed.end();
      this.end = { code, output: await output };
      return this.end;
    });
  }

  /** How far this call's apply of a stack has come, also after it was killed. */
  progress(stack: string): ApplyProgress {
    const log = join(this.project, "cdktf.out", "logs", `${stack}-apply.log`);
    const written = statSync(log, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return applyProgress(written >= this.started ? readFileSync(log, "utf8") : "");
  }

  /** @throws Error with what it printed, when it ends before the condition holds */
  async until(what: string, seconds: number, holds: () => boolean | Promise<boolean>): Promise<void> {
    await until(what, seconds, () => {
      if (this.end !== undefined) {
        throw new Error(`foundry ended with ${this.end.code} before ${what}:\n${this.end.output}`);
      }
      return holds();
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

/** Runs `foundry` to its end. */
export async function foundry(
  project: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  return new RunningFoundry(project, args, environment).ended;
}

/** @throws Error with what it printed, where it ended otherwise */
export function expectCode(ended: Ended, code: number): Ended {
  if (ended.code !== code) {
    throw new Error(`foundry ended with ${ended.code}, not with ${code}:\n${ended.output}`);
  }
  return ended;
}
