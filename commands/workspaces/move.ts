import { confirmed } from "../program/confirmed";
import { environmentsToBuild } from "../program/environments";
import { Refusal } from "../program/errors";
import { printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { outputFolder, synthesizedStacks } from "../terraform/stacks";
import { initializedBackend, migrateState, pulledState } from "./migrate";

/**
 * Moves the states of an environment to Terraform Cloud, stack by stack in the order they are applied. Where they were,
 * they stay as they are: nothing is removed.
 *
 * @throws Refusal where the environment's state is not in Terraform Cloud, or a state cannot be moved
 */
export async function moveStates(surroundings: Surroundings, name: string, yes: boolean): Promise<void> {
  const { output } = surroundings;
  for (const { state } of environmentsToBuild(surroundings, [name]).environments) {
    if (state.kind !== "cloud") {
      throw new Refusal(
        `environments/${name}.ts: state.kind is ${JSON.stringify(state.kind)}, so there is nowhere to move to; write \`state: { kind: "cloud", ... }\` and synthesize first`,
      );
    }
  }
  const stacks = synthesizedStacks(outputFolder(surroundings), name);
  const [moving, left] = [
    stacks.filter(({ folder }) => movable(folder)),
    stacks.filter(({ folder }) => !movable(folder)),
  ];
  for (const { id, folder } of left) {
    const backend = initializedBackend(folder);
    printLine(
      output,
      backend === "cloud"
        ? `${id}: in its workspace already`
        : `${id}: never initialized here, so there is nothing to move; move it where its folder has a .terraform`,
    );
  }
  if (moving.length === 0) return;
  for (const { id, folder } of moving) printLine(output, `${id}: from ${initializedBackend(folder)} to its workspace`);
  if (!yes && !(await confirmed(surroundings, `\nMove ${moving.length === 1 ? "it" : `these ${moving.length}`}?`))) {
    throw new Refusal("nothing was moved; answer yes, or add --yes, to move what is listed above");
  }
  for (const { id, folder } of moving) {
    await migrateState(surroundings, folder);
    const state = await pulledState(surroundings, folder);
    printLine(output, `${id}: ${state === undefined ? "moved; it was empty" : `moved, serial ${state.serial}`}`);
  }
  printLine(
    output,
    `the old states of ${name} stay where they were; remove them when foundry apply ${name} --plan finds nothing to do`,
  );
}

function movable(folder: string): boolean {
  const backend = initializedBackend(folder);
  return backend !== undefined && backend !== "cloud";
}
