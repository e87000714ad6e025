import { describe, expect, it, type TestContext } from "vitest";
import { environmentOfOne, matrixOfOne, nameOfOne } from "../../../test/support/door-matrix-of-one";
import { goldenNames, stackNames, synthText, textOf } from "../../../test/support/environments";
import { type Validation, validateTogether } from "./root-module";

type Stacks = ReadonlyMap<string, string>;

/** Stacks of every golden environment, by id. */
function allStacks(): Stacks {
  return new Map(
    goldenNames.flatMap((name) =>
      stackNames.map((stack): [string, string] => [`${name}-${stack}`, textOf(name)[stack]]),
    ),
  );
}

/** Of each cell of the doors of which an environment has one, the stacks that the door is in. */
function cellsOfOne(): Stacks {
  return new Map(
    matrixOfOne.flatMap((cell) => {
      const text = synthText(environmentOfOne(cell));
      return (["controllers", "apps"] as const).map((stack): [string, string] => [
        `${nameOfOne(cell)}-${stack}`,
        text[stack],
      ]);
    }),
  );
}

const oldest = "5.100.0";

/** Whether a stack asks for nothing that came after the oldest provider. */
const takesOldest = (json: string) =>
  JSON.parse(json).terraform.required_providers.aws.version.startsWith(`>= ${oldest},`);

function only(stacks: Stacks, keep: (id: string, json: string) => boolean): Stacks {
  return new Map([...stacks].filter(([id, json]) => keep(id, json)));
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
  it("accepts every stack that asks for nothing newer with AWS provider 5.100", (context) => {
    const stacks = only(allStacks(), (_, json) => takesOldest(json));
    const together = validateTogether(pinned(stacks, oldest));
    if (together.kind !== "not run") {
      expect(together).toEqual(valid);
      return;
    }
    const awsAlone = only(stacks, (id) => /-(cluster|identity)$/.test(id));
    notRun(
      [...stacks.keys()].filter((id) => !awsAlone.has(id)),
      together.reason,
    );
    expectValidation(context, awsAlone.keys(), validateTogether(pinned(awsAlone, oldest)), valid);
  });

  it("accepts each cell of the doors of which an environment has one", (context) => {
    const stacks = cellsOfOne();
    expectValidation(context, stacks.keys(), validateTogether(pinned(stacks, oldest)), valid);
  });

  it("accepts with a newer AWS provider what asks for one", (context) => {
    const stacks = only(allStacks(), (_, json) => !takesOldest(json));
    expect([...stacks.keys()]).toEqual(["prod-cluster", "newer-provider-cluster", "newer-provider-identity"]);
    expectValidation(context, stacks.keys(), validateTogether(stacks), valid);
  });

  it("refuses a stack with an argument that the provider does not have", (context) => {
    const id = "dev-identity";
    const stack = JSON.parse(textOf("dev").identity);
    for (const role of Object.values<Record<string, unknown>>(stack.resource.aws_iam_role)) role["trust"] = "nobody";
    const validation = validateTogether(new Map([[id, JSON.stringify(stack)]]));
    expectValidation(context, [id], validation, {
      kind: "invalid",
      message: expect.stringContaining('No argument or block type is named "trust"'),
    });
  });
});

/** The same stacks, held to one version of the AWS provider. */
function pinned(stacks: Stacks, version: string): Stacks {
  return new Map(
    [...stacks].map(([id, json]) => {
      const stack = JSON.parse(json);
      stack.terraform.required_providers.aws.version = version;
      return [id, JSON.stringify(stack)];
    }),
  );
}
