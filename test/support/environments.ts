import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import dev from "../../examples/dev";
import prod from "../../examples/prod";
import seeds from "../../examples/seeds";
import seedsToday from "../../examples/seeds-today";
import type { Environment, EnvironmentInput } from "../../platform/environment";
import { checkEnvironments } from "../../platform/load";
import { environmentStacks } from "../../stacks/environment";
import type { StackName } from "../../stacks/stack";
import { parseStack, type TerraformJson } from "./synth";
import { variants } from "./variants";

export const environmentFiles = { dev, prod, seeds, "seeds-today": seedsToday } as const;
export type EnvironmentName = keyof typeof environmentFiles;
export const environmentNames = Object.keys(environmentFiles) as EnvironmentName[];

/** The project's own environments and the variants: what golden files hold, and what every stack's tests go through. */
export const goldenEnvironments: Readonly<Record<string, EnvironmentInput>> = { ...environmentFiles, ...variants };
export const goldenNames = Object.keys(goldenEnvironments);

export const stackNames: readonly StackName[] = ["cluster", "identity", "controllers", "apps"];

/** A day on which everything the environments use is still supported. */
export const today = "2026-11-21";

/** An environment with every default, as the stacks get it. */
export function checked(input: EnvironmentInput): Environment {
  const { environments } = checkEnvironments(
    [{ file: `environments/${input.name}.ts`, name: input.name, value: input }],
    today,
  );
  const [environment] = environments;
  if (environment === undefined) throw new Error("no environment came back");
  return environment;
}

/** What is made of each stack where somebody asks for it, once. */
function eachStack<T>(make: (name: StackName) => T): Readonly<Record<StackName, T>> {
  const made = new Map<StackName, T>();
  const get = (name: StackName): T => {
    const one = made.get(name) ?? make(name);
    made.set(name, one);
    return one;
  };
  return {
    get cluster() {
      return get("cluster");
    },
    get identity() {
      return get("identity");
    },
    get controllers() {
      return get("controllers");
    },
    get apps() {
      return get("apps");
    },
  };
}

/** Synthesized text of the four stacks of an environment. */
export function synthText(input: EnvironmentInput): Readonly<Record<StackName, string>> {
  const app = Testing.stubVersion(new App({ stackTraces: false, outdir: mkdtempSync(join(tmpdir(), "synth-")) }));
  const stacks = environmentStacks(app, checked(input));
  return eachStack((name) => {
    const stack = stacks.find(({ stackName }) => stackName === name);
    if (stack === undefined) throw new Error(`no stack ${name}`);
    return Testing.synth(stack, true);
  });
}

const parsed = (text: Readonly<Record<StackName, string>>): Readonly<Record<StackName, TerraformJson>> =>
  eachStack((name) => parseStack(text[name]));

/** The four stacks of an environment, as Terraform will read them. */
export function synthStacks(input: EnvironmentInput): Readonly<Record<StackName, TerraformJson>> {
  return parsed(synthText(input));
}

const known = new Map<string, Readonly<Record<StackName, string>>>();

/** Text of the stacks of a golden environment, synthesized once a worker. */
export function textOf(name: string): Readonly<Record<StackName, string>> {
  const input = goldenEnvironments[name];
  if (input === undefined) throw new Error(`no environment ${name} among ${goldenNames.join(", ")}`);
  const text = known.get(name) ?? synthText(input);
  known.set(name, text);
  return text;
}

/** The stacks of a golden environment, as Terraform will read them. */
export function stacksOf(name: string): Readonly<Record<StackName, TerraformJson>> {
  return parsed(textOf(name));
}
