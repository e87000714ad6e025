import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { askProgram } from "../program/child";
import { Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";
import { terraformProgram } from "../terraform/program";

/** Terraform's own record of the backend that a folder was initialized with. */
const recordSchema = z.looseObject({ backend: z.looseObject({ type: z.string() }).optional() });

const stateSchema = z.looseObject({
  serial: z.number(),
  resources: z
    .array(z.looseObject({ module: z.string().default(""), mode: z.string(), type: z.string(), name: z.string() }))
    .default([]),
});

/** What is compared of a state before and after. Terraform Cloud begins a lineage of its own. */
export interface StateVersion {
  readonly serial: number;
  /** Addresses of what it holds, sorted. */
  readonly addresses: readonly string[];
}

function versionOf({ serial, resources }: z.infer<typeof stateSchema>): StateVersion {
  const addresses = resources.map(({ module, mode, type, name }) => [module, mode, type, name].join("."));
  return { serial, addresses: addresses.sort() };
}

/** Whether two states hold the same things. */
export function holdTheSame(one: StateVersion, other: StateVersion | undefined): boolean {
  return other !== undefined && one.addresses.join("\n") === other.addresses.join("\n");
}

/** Kind of the backend that a stack's folder was initialized with last; undefined where it never was. */
export function initializedBackend(folder: string): string | undefined {
  const file = join(folder, ".terraform", "terraform.tfstate");
  if (!existsSync(file)) return undefined;
  return recordSchema.parse(JSON.parse(readFileSync(file, "utf8"))).backend?.type;
}

/** @throws Refusal where it cannot be read */
export function readStateFile(file: string): StateVersion | undefined {
  if (!existsSync(file)) return undefined;
  const { data } = stateSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (data === undefined) throw new Refusal(`${file} is no state of Terraform`);
  return versionOf(data);
}

/**
 * Has Terraform move a folder's state to the backend that its JSON names now. It asks twice, whether to migrate and
 * whether to copy, of a person alone: `-input=false` and `TF_INPUT=0` make it fail, and `-migrate-state` is refused where
 * the new one is Terraform Cloud.
 *
 * @throws Refusal with what Terraform says
 */
export async function migrateState(surroundings: Surroundings, folder: string): Promise<void> {
  const program = terraformProgram(surroundings.variables);
  // An empty variable counts as unset.
  const asking = { ...surroundings, variables: { ...surroundings.variables, TF_INPUT: "" } };
  const { status, stdout, stderr } = await askProgram(
    asking,
    program,
    [`-chdir=${folder}`, "init", "-no-color"],
    "yes\nyes\n",
  );
  if (status === 0) return;
  throw new Refusal(
    `the state of ${folder} was not moved, and stays where it is; ${program} init says:\n${stderr.trim() || stdout.trim()}`,
  );
}

/**
 * The state as the folder's backend has it; undefined where it has none.
 *
 * @throws Refusal where it cannot be read
 */
export async function pulledState(surroundings: Surroundings, folder: string): Promise<StateVersion | undefined> {
  const program = terraformProgram(surroundings.variables);
  const { status, stdout, stderr } = await askProgram(surroundings, program, [`-chdir=${folder}`, "state", "pull"]);
  if (status !== 0) throw new Refusal(`the state of ${folder} cannot be read; ${program} says:\n${stderr.trim()}`);
  if (stdout.trim() === "") return undefined;
  const { data } = stateSchema.safeParse(JSON.parse(stdout));
  return data === undefined ? undefined : versionOf(data);
}
