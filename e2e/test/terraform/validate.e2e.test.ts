import { describe, expect, it, type TestContext } from "vitest";
import {
  type EnvironmentName,
  environmentFiles,
  environmentNames,
  stackNames,
  synthText,
} from "../../../test/support/environments";
import { variants } from "../../../test/support/variants";
import { type Validation, validateTogether } from "./root-module";

/** Stacks of some environments, by id. */
function stacksOf(environments: readonly EnvironmentName[], stacks: readonly (typeof stackNames)[number][]) {
  const all = new Map<string, string>();
  for (const environment of environments) {
    const text = synthText(environmentFiles[environment]);
    for (const stack of stacks) all.set(`${environment}-${stack}`, text[stack]);
  }
  return all;
}

function stacksOfVariants(): ReadonlyMap<string, string> {
  const all = Object.entries(variants).flatMap(([name, environment]) => {
    const text = synthText(environment);
    return stackNames.map((stack): [string, string] => [`${name}-${stack}`, text[stack]]);
  });
  return new Map(all);
}

function notRun(names: readonly string[], reason: string): void {
  console.warn(`NOT RUN, terraform validate of ${names.join(", ")}: ${reason}`);
}

/** What Terraform says of some stacks; not run, by their names and with the reason, where it can say nothing. */
function expectValidation(context: TestContext, names: Iterable<string>, validation: Validation, expected: object) {
  if (validation.kind === "not run") {
    notRun([...names], validation.reason);
    // The plugin cannot be had here: neither a pass, which nobody saw, nor a failure of the stacks.
    context.skip(validation.reason);
  }
  expect(validation).toEqual(expected);
}

const valid = { kind: "valid" };

describe("Terraform itself", () => {
  // One start of the plugins for all of them: that is what takes the time.
  it("accepts every stack that asks for nothing newer with AWS provider 5.100, and the doors that no environment has", (context) => {
    const stacks = new Map([...stacksOf(environmentNames, stackNames), ...stacksOfVariants()]);
    stacks.delete("prod-cluster");
    const together = validateTogether(pinned(stacks, "5.100.0"));
    if (together.kind !== "not run") {
      expect(together).toEqual(valid);
      return;
    }
    const awsAlone = new Map([...stacks].filter(([id]) => /-(cluster|identity)$/.test(id)));
    notRun(
      [...stacks.keys()].filter((id) => !awsAlone.has(id)),
      together.reason,
    );
    expectValidation(context, awsAlone.keys(), validateTogether(pinned(awsAlone, "5.100.0")), valid);
  });

  it("accepts prod's cluster, whose deletion protection needs AWS provider 6.9", (context) => {
    const stacks = stacksOf(["prod"], ["cluster"]);
    expectValidation(context, stacks.keys(), validateTogether(stacks), valid);
  });

  it("refuses a stack with an argument that the provider does not have", (context) => {
    const [[id, json] = ["", "{}"]] = stacksOf(["dev"], ["identity"]);
    const stack = JSON.parse(json);
    for (const role of Object.values<Record<string, unknown>>(stack.resource.aws_iam_role)) role["trust"] = "nobody";
    const validation = validateTogether(new Map([[id, JSON.stringify(stack)]]));
    expectValidation(context, [id], validation, {
      kind: "invalid",
      message: expect.stringContaining('No argument or block type is named "trust"'),
    });
  });
});

/** The same stacks, held to one version of the AWS provider. */
function pinned(stacks: ReadonlyMap<string, string>, version: string): ReadonlyMap<string, string> {
  return new Map(
    [...stacks].map(([id, json]) => {
      const stack = JSON.parse(json);
      stack.terraform.required_providers.aws.version = version;
      return [id, JSON.stringify(stack)];
    }),
  );
}
