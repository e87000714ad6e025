import { join } from "node:path";
import { applyStacks, type Sandbox, type StartProps, startSandbox } from "@ingress-foundry/sandbox/up";
import type { Lane } from "../lane";
import { lastingTypes } from "../lasting";
import { changeText, type PlannedChange, passed, plannedChanges } from "../plans";
import { NotRun } from "../results";
import { previousProject } from "../scratch-project";

/** Applies an environment as the previous commit has it, then as it is now: nothing is replaced that has to last. */
export async function upgraded(
  lane: Lane,
  sandbox: Sandbox,
  progress: Pick<StartProps, "log" | "signal">,
): Promise<void> {
  const { folder } = sandbox;
  const { environment } = sandbox.plan;
  const silent = () => undefined;
  await lane.need("the previous commit is applied", environment, async () => {
    const root = join(folder.root, "previous");
    const commit = previousProject(root);
    const previous = await startSandbox({ ...progress, folder, environment, root }).catch((error: unknown) => {
      // What is wrong with the previous commit is not this one's fault.
      throw new NotRun(`the previous commit ${commit} cannot be synthesized: ${String(error)}`);
    });
    const results = await applyStacks(previous, silent, silent, progress.signal);
    const failed = results.find(({ outcome }) => outcome.kind === "failed");
    if (failed !== undefined) {
      const { stack, outcome } = failed;
      throw new NotRun(`${stack} of the previous commit ${commit} cannot be applied: ${JSON.stringify(outcome)}`);
    }
    return commit;
  });
  await lane.need("this commit is synthesized in its place", environment, async () => {
    await startSandbox({ ...progress, folder, environment });
    return undefined;
  });
  for (const stack of sandbox.stacks) {
    await lane.need("the upgrade replaces nothing that lasts", stack.id, () => upgradeStack(sandbox, stack));
  }
}

async function upgradeStack({ runs }: Sandbox, stack: Sandbox["stacks"][number]): Promise<string> {
  passed(await runs.init(stack));
  const changes = await plannedChanges(runs, stack);
  const lost = changes.filter(isLost);
  if (lost.length > 0) {
    throw new Error(`the upgrade would ${lost.map(changeText).join(", ")}`);
  }
  passed(await runs.apply(stack));
  return `${changes.length} changes`;
}

function isLost({ type, change: { actions } }: PlannedChange): boolean {
  return lastingTypes.has(type) && actions.includes("delete");
}
