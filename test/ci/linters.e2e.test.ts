import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, type TestContext } from "vitest";
import { startsPrograms } from "../support/programs";
import { pipelines } from "./workflow";

const github = readdirSync(join(pipelines, "github")).map((name) => join(pipelines, "github", name));

/** What a linter says; the test is skipped where it is not installed. */
function lint(context: TestContext, program: string, ...args: readonly string[]) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (error !== undefined) context.skip(`not run: no ${program} is on the PATH; .ci/run installs it`);
  return { status, output: stdout + stderr };
}

describe("the pipelines of docs/ci", startsPrograms, () => {
  it("pass actionlint", (context) => {
    // Without the linters of scripts that a machine may have, or not.
    expect(lint(context, "actionlint", "-shellcheck=", "-pyflakes=", ...github)).toEqual({ status: 0, output: "" });
  });

  it.for([
    { schema: "vendor.github-workflows", files: github },
    { schema: "vendor.gitlab-ci", files: [join(pipelines, "gitlab-ci.yml")] },
  ])("keep to the schema $schema", ({ schema, files }, context) => {
    const { status, output } = lint(context, "check-jsonschema", "--builtin-schema", schema, ...files);
    expect(status, output).toBe(0);
  });
});
