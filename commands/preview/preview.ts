import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Contract, Outputs } from "../../modules/state/contract";
import { exampleState } from "../../modules/state/example-state";
import { clusterContract, controllersContract, identityContract } from "../../stacks/contracts";
import { type StackName, stackId, stackOrder } from "../../stacks/order";
import { showProgram } from "../program/child";
import { AlreadyReported, Refusal } from "../program/errors";
import { printHeading, printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import type { writeStacks } from "../synth/synthesize";
import { terraformProgram } from "../terraform/program";
import { detached, type StackJson } from "./detached";
import { requirements } from "./requirements";

/** What a stack publishes to those after it; nobody comes after the last. */
const contracts: Readonly<Record<StackName, Contract<Outputs> | undefined>> = {
  cluster: clusterContract,
  identity: identityContract,
  controllers: controllersContract,
  apps: undefined,
};

/**
 * Plans every stack of some environments before anything exists, in a temporary folder: what a stack reads of those
 * before it comes from the examples of their contracts.
 *
 * @throws Refusal that names the stacks which could not be planned
 */
export async function preview(
  surroundings: Surroundings,
  environments: readonly string[],
  synthesizer: typeof writeStacks,
): Promise<void> {
  for (const line of requirements(surroundings)) printLine(surroundings.errors, line);
  const folder = mkdtempSync(join(tmpdir(), "preview-"));
  try {
    const code = await synthesizer({ ...surroundings, environments, outdir: folder });
    if (code !== 0) throw new AlreadyReported(code);
    const failed: string[] = [];
    for (const environment of environments) failed.push(...(await unplanned(surroundings, environment, folder)));
    if (failed.length > 0) throw new Refusal(`not planned: ${failed.join(", ")}; Terraform says why above`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Plans the stacks of one environment in their order; returns those that could not be planned. */
async function unplanned(surroundings: Surroundings, environment: string, folder: string): Promise<readonly string[]> {
  const states = new Map<string, string>();
  const failed: string[] = [];
  for (const name of stackOrder) {
    const id = stackId(environment, name);
    const cwd = join(folder, "stacks", id);
    const file = join(cwd, "cdk.tf.json");
    const stack: StackJson = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify(detached(stack, states), null, 2));
    const contract = contracts[name];
    if (contract !== undefined) {
      const state = join(folder, `${id}.tfstate`);
      writeFileSync(state, exampleState(contract, stack.output ?? {}));
      states.set(contract.stack, state);
    }
    printHeading(surroundings.output, `\n== ${id}`);
    if (!(await planned(surroundings, cwd))) failed.push(id);
  }
  return failed;
}

async function planned(surroundings: Surroundings, cwd: string): Promise<boolean> {
  const colour = surroundings.output.colour ? [] : ["-no-color"];
  const terraform = async (...args: readonly string[]) =>
    (await showProgram(surroundings, terraformProgram(surroundings.variables), [...args, ...colour], {
      cwd,
      input: "ignore",
    })) === 0;
  // The state is an empty one of this folder's own: nobody else can work on it.
  return (await terraform("init", "-input=false")) && (await terraform("plan", "-input=false", "-lock=false"));
}
