import type { StackRuns } from "@ingress-foundry/sandbox/stack-runs";
import type { SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import { errorsOf, readableOutput, terraformMessages } from "@ingress-foundry/sandbox/terraform-messages";
import { lastingTypes } from "../../lasting";

/** A change that a plan would make. */
export interface Planned {
  readonly address: string;
  /** Terraform's word, such as `create`, `update`, `replace`, `delete` or `move`. */
  readonly action: string;
}

const file = "e2e.tfplan";

/**
 * What a plan says while it is made, which is sooner than to read it afterwards.
 *
 * @returns its changes, none where outputs alone would change; undefined where nothing would
 */
export async function planned(runs: StackRuns, stack: SynthesizedStack): Promise<readonly Planned[] | undefined> {
  const { exitCode, output } = await runs.run(stack, "plan", [
    "-input=false",
    "-json",
    "-detailed-exitcode",
    `-out=${file}`,
  ]);
  // 2 is a success that would change something.
  if (exitCode !== 0 && exitCode !== 2) {
    throw new Error(`${stack.id}: ${errorsOf(output) || readableOutput(output)}`);
  }
  if (exitCode === 0) {
    return undefined;
  }
  return terraformMessages(output).flatMap((message) => {
    if (message.type !== "planned_change") {
      return [];
    }
    const { action, resource } = message.change;
    return action === "noop" || action === "read" ? [] : [{ action, address: resource.addr }];
  });
}

/** Applies what {@link planned} found, exactly. */
export async function applyPlanned(runs: StackRuns, stack: SynthesizedStack): Promise<void> {
  const { exitCode, output } = await runs.run(stack, "apply", ["-input=false", "-json", file]);
  if (exitCode !== 0) {
    throw new Error(`${stack.id}: ${errorsOf(output) || readableOutput(output)}`);
  }
}

const signs = [
  ["create", "+"],
  ["update", "~"],
  ["replace", "-/+"],
  ["delete", "-"],
  ["move", "moved "],
] as const;

/** For example `+2 ~1`. */
export function countsText(changes: readonly Planned[]): string {
  const counts = signs.flatMap(([action, sign]) => {
    const { length } = changes.filter((each) => each.action === action);
    return length === 0 ? [] : [`${sign}${length}`];
  });
  return counts.join(" ") || "outputs alone";
}

/** What is no longer there, or no longer the same, of what should last. */
export function lossesIn(changes: readonly Planned[]): readonly Planned[] {
  return changes.filter(
    ({ action, address }) =>
      (action === "delete" || action === "replace") && lastingTypes.has(address.split(".", 1)[0] ?? ""),
  );
}
