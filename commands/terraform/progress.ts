import type { TerraformMessage } from "./messages";

/** Doing words for what Terraform calls its actions. */
const doing: Readonly<Record<string, string>> = {
  create: "made",
  update: "changed",
  delete: "destroyed",
};

/** How far a run of Terraform has come, by the messages that it prints. */
export class Progress {
  private planned = 0;
  private finished = 0;
  /** What is under way, the one that began first at the front, with its seconds so far. */
  private readonly running = new Map<string, { readonly action: string; readonly seconds: number }>();

  note(message: TerraformMessage): void {
    switch (message.type) {
      case "change_summary": {
        const { add, change, remove, operation } = message.changes;
        if (operation === "plan") this.planned = add + change + remove;
        return;
      }
      case "apply_start":
      case "apply_progress": {
        const { resource, action, elapsed_seconds: seconds = 0 } = message.hook;
        this.running.set(resource.addr, { action, seconds });
        return;
      }
      case "apply_complete":
      case "apply_errored":
        this.running.delete(message.hook.resource.addr);
        if (message.type === "apply_complete") this.finished += 1;
        return;
    }
  }

  /** Tells how many changes there are, where a saved plan is applied and Terraform does not say it. */
  expect(changes: number): void {
    this.planned = changes;
  }

  /** For example `12 of 51, waits for aws_eks_cluster.cluster to be made (2 m 40 s) and 2 more`. */
  text(): string {
    const count = this.planned === 0 ? "" : `${this.finished} of ${this.planned}`;
    const [first, ...others] = [...this.running];
    if (first === undefined) return count;
    const [address, { action, seconds }] = first;
    const since = seconds === 0 ? "" : ` (${duration(seconds)})`;
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    const waits = `waits for ${address} to be ${doing[action] ?? action}${since}${more}`;
    return count === "" ? waits : `${count}, ${waits}`;
  }
}

/** For example `1 m 32 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} m ${whole % 60} s`;
}
