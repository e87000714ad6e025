import { describe, expect, it } from "vitest";
import { typeErrorsBeside } from "../../commands/program/type-errors";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

const output = [
  "environments/dev.ts(3,3): error TS2322: Type '\"two\"' is not assignable.",
  "  The types of 'network' are incompatible.",
  "stacks/apps.ts(4,4): error TS2345: Argument.",
  "  More of it.",
  "",
].join("\n");

describe("what TypeScript has against the sources", () => {
  it("is left out of a file that we have something against ourselves, and of no other", () => {
    expect(typeErrorsBeside(output, new Set(["environments/dev.ts"]))).toBe(
      "stacks/apps.ts(4,4): error TS2345: Argument.\n  More of it.\n",
    );
    expect(typeErrorsBeside(output, new Set(["environments/prod.ts"]))).toBe(output);
    expect(typeErrorsBeside(output, new Set())).toBe(output);
  });

  it("is left out in colours too, with the sum of what was found", () => {
    const coloured =
      "\u001b[96menvironments/dev.ts\u001b[0m:\u001b[93m3\u001b[0m - error\n\n3   nat\n    ~~~\n\nFound 1 error.\n";
    expect(typeErrorsBeside(coloured, new Set(["environments/dev.ts"]))).toBe("");
  });

  it("comes after our own four lines in every command, with all problems at once", async () => {
    const project = new TestProject([minimal("dev")]);
    const wrong = { ...minimal("dev"), nme: "dev", network: { kind: "create", nat: "two" } };
    project.compiled("dev", `exports.default = ${JSON.stringify(wrong)};`);
    const { code, stderr } = await project.run(["config", "dev"], { types: { passed: false, output } });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^environments\/dev\.ts: network\.nat\n[\s\S]*environments\/dev\.ts: nme\n[^(]*stacks\/apps\.ts\(4,4\)/,
    );
  });
});
