import { resolve } from "node:path";
import { stackId, stackOrder } from "../../stacks/order";
import { environmentsToRead } from "../program/environments";
import { Refusal } from "../program/errors";
import { printJson } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { missingFrom, type Policy, policyFor, together } from "./policies";
import { readPolicy, writePolicy } from "./policy-files";
import { readRecording } from "./recorded-needs";

export interface PermissionsOptions {
  /** File of recorded calls. */
  readonly calls?: string;
  readonly write?: boolean;
  readonly check?: boolean;
}

/** Characters that a managed policy may have, white space aside (IAM quotas). */
const longestPolicy = 6144;

/**
 * Prints the least policy of who applies and destroys each stack of an environment, as it is committed or as recorded
 * calls make it, or adds the latter to the former.
 */
export async function printPermissions(
  surroundings: Surroundings,
  name: string,
  { calls, write = false, check = false }: PermissionsOptions,
): Promise<void> {
  const { root, calledIn, output, errors } = surroundings;
  if (calls === undefined) {
    if (write || check) {
      throw new Refusal("--write and --check are about what recorded calls need; name them with --calls <file>");
    }
    printJson(output, committed(root, name));
    return;
  }
  const [environment] = environmentsToRead(surroundings, [name]).environments;
  if (environment === undefined) throw new Refusal(`${name} cannot be read`);
  const { partition, region, accountId } = environment.aws;
  const needs = readRecording(resolve(calledIn, calls));
  const made: Record<string, Policy> = {};
  for (const stack of stackOrder.map((kind) => stackId(name, kind))) {
    const own = needs.filter((need) => need.stack === stack);
    if (own.length > 0) made[stack] = await policyFor(own, { partition, region, accountId });
  }
  if (Object.keys(made).length === 0) {
    throw new Refusal(
      `${calls}: no call of a stack of ${name} is recorded there. Name the recording of its own sandbox.`,
    );
  }
  if (check) {
    refuseMissing(root, made);
    output.write(`${Object.keys(made).join(", ")}: docs/permissions allows every recorded call\n`);
    return;
  }
  if (!write) {
    printJson(output, made);
    return;
  }
  for (const [stack, policy] of Object.entries(made)) {
    const before = readPolicy(root, stack);
    const after = before === undefined ? policy : together(before, policy);
    output.write(`${writePolicy(root, stack, after)}\n`);
    const length = JSON.stringify(after).length;
    if (length > longestPolicy) {
      errors.write(
        `${stack}: ${length} characters, and a managed policy may have ${longestPolicy}; attach its statements as several\n`,
      );
    }
  }
}

/** @throws Refusal that says what the committed policies lack */
function refuseMissing(root: string, made: Readonly<Record<string, Policy>>): void {
  const missing = Object.entries(made).flatMap(([stack, policy]) =>
    missingFrom(readPolicy(root, stack) ?? { Version: "2012-10-17", Statement: [] }, policy).map(
      (lacking) => `  ${stack}: ${lacking}`,
    ),
  );
  if (missing.length > 0) {
    throw new Refusal(
      `docs/permissions does not allow what was called:\n${missing.join("\n")}\n` +
        "Whoever applies with these policies would be denied. Read whether the call is meant, then add it with --write.",
    );
  }
}

function committed(root: string, name: string): Readonly<Record<string, Policy>> {
  const stacks = stackOrder.map((kind) => stackId(name, kind));
  const found = stacks.flatMap((stack) => {
    const policy = readPolicy(root, stack);
    return policy === undefined ? [] : [[stack, policy] as const];
  });
  if (found.length === 0) {
    throw new Refusal(
      `docs/permissions holds no policy of ${name}, for nobody has recorded what its stacks call. Apply and destroy it in ` +
        `a sandbox (foundry sandbox up ${name}), then name the recording: foundry permissions ${name} --calls <file> --write`,
    );
  }
  return Object.fromEntries(found);
}
