import type { Outcome } from "./stack-runs";
import { holdsResources } from "./stack-runs";
import type { SynthesizedStack } from "./synthesized";
import type { Sandbox, StackResult } from "./up";

/**
 * Destroys stacks in the reverse of their order. One that others still stand on is refused.
 *
 * @param only ids of the stacks to destroy. Default: all.
 * @param onResult called with each stack's result as it is known
 */
export async function destroyStacks(
  sandbox: Sandbox,
  only: readonly string[] | undefined,
  onStart: (stack: string) => void,
  onResult: (result: StackResult) => void,
  signal?: AbortSignal,
): Promise<readonly StackResult[]> {
  const results: StackResult[] = [];
  const chosen = sandbox.stacks.filter(({ id }) => only === undefined || only.includes(id));
  for (const stack of chosen.reverse()) {
    onStart(stack.id);
    const start = Date.now();
    const outcome = await destroyStack(sandbox, stack, signal);
    const result = { stack: stack.id, outcome, seconds: (Date.now() - start) / 1000 };
    results.push(result);
    onResult(result);
  }
  return results;
}

async function destroyStack(
  sandbox: Sandbox,
  stack: SynthesizedStack,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  if (signal?.aborted) {
    return { kind: "not run", reason: "interrupted" };
  }
  const standing = await standingOn(sandbox, stack);
  if (standing.length > 0) {
    return {
      kind: "failed",
      reason:
        `${stack.id} is not destroyed: ${allOf.format(standing)} ${standing.length === 1 ? "stands" : "stand"} on it, and ` +
        "would leave behind in AWS what only a running cluster takes away. Destroy " +
        `${standing.length === 1 ? "that stack" : "those stacks"} first, the last one first.`,
    };
  }
  const { runs } = sandbox;
  const initialized = await runs.init(stack, { signal });
  return initialized.kind === "passed" ? runs.destroy(stack, { signal }) : initialized;
}

/** As a sentence has them: `a, b and c`. */
const allOf = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** Stacks that depend on this one and still hold something, the last one first. */
async function standingOn({ stacks, runs }: Sandbox, stack: SynthesizedStack): Promise<readonly string[]> {
  const standing: string[] = [];
  for (const other of stacks.filter(({ dependencies }) => dependencies.includes(stack.id))) {
    if (await holdsResources(runs, other)) {
      standing.unshift(other.id);
    }
  }
  return standing;
}
