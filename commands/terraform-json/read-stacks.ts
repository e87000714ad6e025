import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { stackOrder } from "../../stacks/order";
import { Refusal } from "../program/errors";
import type { EnvironmentJson, StackJson } from "./environment-json";
import { isObject } from "./json";

/**
 * Synthesized environments of a folder such as `cdktf.out`, or of the `stacks` in it.
 *
 * @throws Refusal where the folder holds none, or something that is not synthesized
 */
export function readEnvironments(folder: string, names?: readonly string[]): readonly EnvironmentJson[] {
  const stacks = stacksFolder(folder);
  const there = environmentsOf(stacks);
  const missing = names?.find((name) => !there.includes(name));
  if (missing !== undefined) throw new Refusal(`${stacks} holds no stack of ${missing}; it has ${listed(there)}`);
  return (names ?? there).map((name) => ({
    name,
    stacks: Object.fromEntries(
      stackOrder.flatMap((stack) => {
        const file = join(stacks, `${name}-${stack}`, "cdk.tf.json");
        return existsSync(file) ? [[stack, readStack(file)]] : [];
      }),
    ),
  }));
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}

function stacksFolder(folder: string): string {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Refusal(`${folder} is no folder`);
  const inner = join(folder, "stacks");
  return existsSync(inner) ? inner : folder;
}

/** Names of environments of which a folder has a stack. */
function environmentsOf(stacks: string): readonly string[] {
  const names = readdirSync(stacks).flatMap((entry) => {
    const stack = stackOrder.find((name) => entry.endsWith(`-${name}`));
    const known = stack !== undefined && existsSync(join(stacks, entry, "cdk.tf.json"));
    return known ? [entry.slice(0, -stack.length - 1)] : [];
  });
  const unique = [...new Set(names)].sort();
  if (unique.length > 0) return unique;
  throw new Refusal(
    `${stacks} holds no synthesized stack, that is <environment>-<stack>/cdk.tf.json; write them with foundry synth`,
  );
}

/** @throws Refusal where the file is no stack of Terraform in JSON */
export function readStack(file: string): StackJson {
  const json = readJson(file);
  if (!isObject(json) || !(isObject(json["terraform"]) || isObject(json["resource"]))) {
    throw new Refusal(`${file} is no synthesized stack: it has neither "terraform" nor "resource"`);
  }
  return json;
}

/** @throws Refusal where the file is no JSON */
export function readJson(file: string): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(`${file} is no JSON, or is cut off; write it again`);
  }
}
