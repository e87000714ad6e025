import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { signalUnlessGone } from "@ingress-foundry/sandbox/processes";
import { type StackOptions, type StackRuns, unattended } from "@ingress-foundry/sandbox/stack-runs";
import type { SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import { readableOutput } from "@ingress-foundry/sandbox/terraform-messages";
import { until } from "@ingress-foundry/sandbox/waiting";
import { type ApplyProgress, applyProgress } from "./apply-progress";

/** An apply that goes on beside a scenario until it ends or is killed. */
export class RunningApply {
  private child: ChildProcess | undefined;
  private end: string | undefined;
  private readonly ended: Promise<void>;
  private readonly log: string;

  constructor(runs: StackRuns, stack: SynthesizedStack, options: StackOptions = {}) {
    const onStart = (child: ChildProcess) => {
      this.child = child;
    };
    this.ended = runs.run(stack, "apply", unattended, { ...options, onStart }).then(
      ({ output }) => {
        this.end = readableOutput(output);
      },
      (error: unknown) => {
        this.end = String(error);
      },
    );
    this.log = runs.logOf(stack, "apply");
  }

  /** How far it has come, also after it was killed. */
  progress(): ApplyProgress {
    return applyProgress(readFileSync(this.log, "utf8"));
  }

  /**
   * Waits until a condition holds.
   *
   * @throws Error with what Terraform printed when it ends before that
   */
  async until(what: string, seconds: number, holds: () => boolean | Promise<boolean>): Promise<void> {
    await until(what, seconds, () => {
      if (this.end !== undefined) {
        throw new Error(`the apply ended before ${what}:\n${this.end}`);
      }
      return holds();
    });
  }

  /** Kills Terraform with its plugins, as a machine that dies takes them all, and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.child?.pid !== undefined && this.end === undefined) {
      signalUnlessGone(-this.child.pid, "SIGKILL");
    }
    await this.ended;
  }
}
