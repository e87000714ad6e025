import { isDeepStrictEqual } from "node:util";
import type { SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import type { Lane } from "../lane";
import { changeText, passed, plannedChanges, stateResources } from "../plans";

/** Initializes and applies a stack. */
export async function applyStack(lane: Lane, { runs }: Sandbox, stack: SynthesizedStack): Promise<void> {
  await lane.need("init", stack.id, async () => passed(await runs.init(stack)));
  await lane.need("apply", stack.id, async () => passed(await runs.apply(stack)));
}

/** A plan right after the apply changes nothing. */
export async function secondPlanIsEmpty(lane: Lane, { runs }: Sandbox, stack: SynthesizedStack): Promise<void> {
  await lane.check("the second plan is empty", stack.id, async () => {
    const changes = await plannedChanges(runs, stack);
    if (changes.length > 0) {
      throw new Error(`a plan right after the apply would still: ${changes.map(changeText).join(", ")}`);
    }
    return undefined;
  });
}

/** What a stack reads of others is what those publish, to the last byte. */
export async function contractsAreRead(lane: Lane, { runs, stacks }: Sandbox, stack: SynthesizedStack): Promise<void> {
  if (stack.dependencies.length === 0) {
    return;
  }
  await lane.check("the contract read is the contract published", stack.id, async () => {
    const read = (await stateResources(runs, stack)).filter(({ type }) => type === "terraform_remote_state");
    for (const { name, values } of read) {
      const producer = stacks.find(({ id }) => id.endsWith(`-${name}`));
      const published = producer === undefined ? undefined : await runs.outputs(producer);
      if (published === undefined || !isDeepStrictEqual(values["outputs"], { ...published })) {
        throw new Error(
          `${stack.id} reads of ${name} ${JSON.stringify(values["outputs"])}, but published is ${JSON.stringify(published)}`,
        );
      }
    }
    if (read.length === 0) {
      throw new Error(`${stack.id} depends on ${stack.dependencies.join(", ")} and reads none of them`);
    }
    return read.map(({ name }) => name).join(", ");
  });
}
