import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

describe("a fault in one environment", () => {
  /** `dev` is sound; `prod` breaks the schema, and the code of `staging` fails. */
  function project(): TestProject {
    const made = new TestProject([minimal("dev"), minimal("prod"), minimal("staging")]);
    made.compiled("prod", `exports.default = ${JSON.stringify({ ...minimal("prod"), nme: "prod" })};`);
    made.compiled("staging", "throw new Error('boom');");
    return made;
  }

  it.each([
    [["synth", "dev"], {}],
    [["synth"], { ENVIRONMENTS: "dev" }],
    [["config", "dev"], {}],
    [["lifecycle", "dev"], {}],
  ])("stops no command that names another: %s %j", async (args, variables) => {
    const made = project();
    expect(await made.run(args, { variables })).toMatchObject({ code: 0 });
    expect(existsSync(join(made.root, "cdktf.out", "stacks", "dev-apps", "cdk.tf.json"))).toBe(args[0] === "synth");
  });

  it("stops those that name it, and those that name none", async () => {
    const named = await project().run(["synth", "prod"]);
    expect(named.code).toBe(1);
    expect(named.stderr).not.toContain("Who names environments");
    const all = await project().run(["synth"]);
    expect(all.code).toBe(1);
    expect(all.stderr).toContain('npx foundry synth dev, or npx cdktf deploy --app "foundry synth dev" dev-cluster.');
  });
});
