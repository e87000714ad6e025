import { join } from "node:path";
import type { TerraformMessage } from "../terraform/messages";
import { type RunResult, whyFailed } from "../terraform/runs";
import type { Session } from "../terraform/session";
import type { SynthesizedStack } from "../terraform/stacks";

/** One change of a plan. */
export interface Change {
  readonly address: string;
  /** Terraform's word: `create`, `update`, `replace`, `delete`, … */
  readonly action: string;
}

/** What Terraform would do in a stack. */
export interface Plan {
  readonly stack: SynthesizedStack;
  /** File that Terraform applies exactly. */
  readonly file: string;
  readonly empty: boolean;
  readonly changes: readonly Change[];
  /** Whether others would read something else of it afterwards. */
  readonly outputsChange: boolean;
}

export type Planned =
  | { readonly kind: "planned"; readonly plan: Plan }
  | { readonly kind: "failed"; readonly why: string; readonly result: RunResult };

/** Plans a stack as a whole, or nothing but what becomes of some addresses. */
export async function planStack(
  { runs, scratch }: Pick<Session, "runs" | "scratch">,
  stack: SynthesizedStack,
  targets: readonly string[] = [],
): Promise<Planned> {
  const file = join(scratch, `${stack.id}${targets.length === 0 ? "" : "-removals"}.tfplan`);
  const result = await runs.run(stack, [
    "plan",
    "-detailed-exitcode",
    `-out=${file}`,
    ...targets.map((address) => `-target=${address}`),
  ]);
  // 2 is a success that would change something.
  if (result.exitCode !== 0 && result.exitCode !== 2) return { kind: "failed", why: whyFailed(result), result };
  const { messages } = result;
  return {
    kind: "planned",
    plan: {
      stack,
      file,
      empty: result.exitCode === 0,
      changes: messages.flatMap(changeOf),
      outputsChange: messages.some(changesOutputs),
    },
  };
}

function changeOf(message: TerraformMessage): readonly Change[] {
  if (message.type !== "planned_change") return [];
  const { resource, action } = message.change;
  return action === "read" || action === "noop" ? [] : [{ address: resource.addr, action }];
}

function changesOutputs(message: TerraformMessage): boolean {
  if (message.type !== "outputs") return false;
  return Object.values(message.outputs).some(({ action = "noop" }) => action !== "noop");
}

/** What is no longer there after a change, or no longer the same. */
export function losses(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ action }) => action === "delete" || action === "replace");
}

const words: readonly (readonly [string, string])[] = [
  ["create", "to make"],
  ["import", "to take over"],
  ["update", "to change"],
  ["move", "to move"],
  ["replace", "to replace"],
  ["delete", "to destroy"],
  ["remove", "to forget"],
];

/** For example `3 to make, 1 to destroy`. */
export function countsText(changes: readonly Change[]): string {
  const counts = words.flatMap(([action, text]) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${text}`];
  });
  return counts.length === 0 ? "outputs to change" : counts.join(", ");
}

const signs: Readonly<Record<string, string>> = { create: "+", update: "~", replace: "-/+", delete: "-" };

/** A line a change; what is new is long and harms nobody, so it is listed only on demand. */
export function changeLines(changes: readonly Change[], all: boolean): readonly string[] {
  return changes
    .filter(({ action }) => all || action !== "create")
    .map(({ address, action }) => `  ${(signs[action] ?? action).padStart(3)} ${address}`);
}
