import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Contract, Outputs } from "../modules/state/contract";
import { exampleState, type SynthesizedOutputs } from "../modules/state/example-state";
import { clusterContract, controllersContract, identityContract } from "../stacks/contracts";
import { terraformProgram } from "./terraform";

/** Stacks in the order they are applied, each with the contract it publishes to later ones. */
const stacks: readonly { readonly name: string; readonly contract?: Contract<Outputs> }[] = [
  { name: "cluster", contract: clusterContract },
  { name: "identity", contract: identityContract },
  { name: "controllers", contract: controllersContract },
  { name: "apps" },
];

interface StackJson {
  readonly output?: SynthesizedOutputs;
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly data?: { readonly terraform_remote_state?: Readonly<Record<string, unknown>> };
}

/** A stack that keeps its state beside itself and reads its producers from example states. */
function detached(stack: StackJson, states: ReadonlyMap<string, string>): StackJson {
  const { cloud: _cloud, backend: _backend, ...terraform } = stack.terraform;
  const remote = Object.keys(stack.data?.terraform_remote_state ?? {}).map((producer) => [
    producer,
    { backend: "local", config: { path: states.get(producer) } },
  ]);
  return {
    ...stack,
    terraform: { ...terraform, backend: { local: { path: "preview.tfstate" } } },
    data: { ...stack.data, ...(remote.length === 0 ? {} : { terraform_remote_state: Object.fromEntries(remote) }) },
  };
}

function terraform(folder: string, args: readonly string[]): boolean {
  const { status, error } = spawnSync(terraformProgram, args, { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
  if (error !== undefined)
    throw new Error(`${terraformProgram} could not be started (${error.message}): install it, or put it on the PATH`);
  return status === 0;
}

/** Plans the four stacks of one environment in a temporary copy; says which of them could not be planned. */
function preview(environment: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "preview-"));
  const states = new Map<string, string>();
  const failed: string[] = [];
  try {
    for (const { name, contract } of stacks) {
      const id = `${environment}-${name}`;
      const source = join("cdktf.out", "stacks", id);
      const target = join(folder, id);
      cpSync(source, target, { recursive: true, filter: (path) => !path.includes(".terraform") });
      const stack: StackJson = JSON.parse(readFileSync(join(source, "cdk.tf.json"), "utf8"));
      writeFileSync(join(target, "cdk.tf.json"), JSON.stringify(detached(stack, states), null, 2));
      if (contract !== undefined) {
        const state = join(folder, `${name}.tfstate`);
        writeFileSync(state, exampleState(contract, stack.output ?? {}));
        states.set(contract.stack, state);
      }
      console.log(`\n== ${id}`);
      const planned =
        terraform(target, ["init", "-input=false", "-no-color"]) &&
        terraform(target, ["plan", "-input=false", "-lock=false"]);
      if (!planned) failed.push(id);
    }
    return failed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const environments = process.argv.slice(2);
if (environments.length === 0) {
  console.error("preview: name an environment, as in: npm run preview -- dev");
  process.exitCode = 1;
}
const failed = environments.flatMap(preview);
if (failed.length > 0) {
  console.error(`\nnot planned: ${failed.join(", ")}`);
  process.exitCode = 1;
}
