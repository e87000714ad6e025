import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SynthesizedStack } from "../src/synthesized";
import { applyStacks, type Sandbox } from "../src/up";
import { sandboxOf, stateFile } from "./fixtures";
import { changed, diagnostic, printed } from "./terraform-prints";

/** A sandbox of one stack, with that stack. */
function oneStack(terraform: string): { readonly runs: Sandbox["runs"]; readonly stack: SynthesizedStack } {
  const { runs, stacks } = sandboxOf({ "dev-cluster": [] }, terraform);
  const [stack] = stacks;
  if (stack === undefined) {
    throw new Error("the sandbox has no stack");
  }
  return { runs, stack };
}

describe("a run on a stack", () => {
  it("passes with the counts of what changed", async () => {
    const { runs, stack } = oneStack(printed(changed("apply", { add: 2 })));
    expect(await runs.apply(stack)).toEqual({ kind: "passed", detail: "2 added" });
  });

  it("fails with Terraform's errors", async () => {
    const { runs, stack } = oneStack(
      `echo "not authorized"; ${printed(diagnostic("error", "not authorized"))}; exit 1`,
    );
    expect(await runs.apply(stack)).toEqual({ kind: "failed", reason: "Error: not authorized" });
  });

  it("fails with the last twenty lines where Terraform printed no error", async () => {
    const { runs, stack } = oneStack("i=1; while [ $i -le 30 ]; do echo line $i; i=$((i+1)); done; exit 2");
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 11}`);
    expect(await runs.destroy(stack)).toEqual({ kind: "failed", reason: lines.join("\n") });
  });

  it("is not run where init cannot get a plugin, and fails where init has another trouble", async () => {
    const missing = oneStack(
      `${printed(diagnostic("error", "Failed to install provider", "Error while installing hashicorp/aws v6.0.0: no such host"))}; exit 1`,
    );
    expect(await missing.runs.init(missing.stack)).toEqual({
      kind: "not run",
      reason: "plugin hashicorp/aws v6.0.0 cannot be had: no such host",
    });
    const wrong = oneStack(`${printed(diagnostic("error", "Missing region value"))}; exit 1`);
    expect(await wrong.runs.init(wrong.stack)).toMatchObject({ kind: "failed" });
  });

  it("keeps its output in a file that a later run of the same command leaves alone", async () => {
    const { runs, stack } = oneStack("echo $@");
    await runs.run(stack, "plan", ["-out=first"]);
    const first = runs.logOf(stack, "plan");
    await runs.run(stack, "plan", ["-out=second"]);
    expect(readFileSync(first, "utf8")).toBe("plan -out=first\n");
    expect(readFileSync(runs.logOf(stack, "plan"), "utf8")).toBe("plan -out=second\n");
  });

  const outputs = { vpc_id: { value: "vpc-1", type: "string" }, zones: { value: ["a", "b"] } };
  const values = { vpc_id: "vpc-1", zones: ["a", "b"] };

  it("gives the values of outputs out of a local state, without asking Terraform", async () => {
    const { runs, stack } = oneStack("exit 1");
    writeFileSync(join(stack.folder, stateFile), JSON.stringify({ resources: [], outputs }));
    expect(await runs.outputs(stack)).toEqual(values);
  });

  it("asks Terraform for the outputs of another backend, whatever it says before them", async () => {
    const { runs, stack } = oneStack(`echo "Warning: deprecated"; echo '${JSON.stringify(outputs)}'`);
    const json = { ...stack.json, terraform: { ...stack.json.terraform, backend: { s3: { bucket: "states" } } } };
    expect(await runs.outputs({ ...stack, json })).toEqual(values);
  });

  it("says what an apply under way is working on", async () => {
    const message = (type: string, addr: string) => ({ type, hook: { action: "create", resource: { addr } } });
    const messages = [
      message("apply_start", "aws_vpc.a"),
      message("apply_start", "aws_eip.b"),
      message("apply_complete", "aws_vpc.a"),
    ];
    const { runs, stack } = oneStack(messages.map(printed).join("; "));
    expect(runs.underWay(stack, "apply")).toEqual([]);
    await runs.apply(stack);
    expect(runs.underWay(stack, "apply")).toEqual(["aws_eip.b"]);
  });

  it("gives no outputs before the first apply", async () => {
    const { runs, stack } = oneStack("exit 1");
    expect(await runs.outputs(stack)).toEqual({});
  });
});

describe("applying stacks", () => {
  const silent = () => {};
  const stacks = { "dev-cluster": [], "dev-controllers": [], "dev-apps": [] };

  it("initializes and applies each in its order", async () => {
    const started: string[] = [];
    const sandbox = sandboxOf(stacks, '[ "$1" = init ] && touch initialized; [ -f initialized ]');
    const results = await applyStacks(sandbox, (stack) => started.push(stack), silent);
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(["passed", "passed", "passed"]);
    expect(started).toEqual(Object.keys(stacks));
  });

  it("does not run those that depend on one that did not pass, and says which those need", async () => {
    const sandbox = sandboxOf(stacks, "case $PWD in *-controllers) exit 1;; esac");
    const results = await applyStacks(sandbox, silent, silent);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      { kind: "passed", detail: "applied" },
      { kind: "failed", reason: "" },
      { kind: "not run", reason: "needs dev-controllers" },
    ]);
  });

  it("goes on with those that do not", async () => {
    const { stacks: all, ...sandbox } = sandboxOf(stacks, "case $PWD in *-controllers) exit 1;; esac");
    const independent = all.map((stack) => ({ ...stack, dependencies: [] }));
    const results = await applyStacks({ ...sandbox, stacks: independent }, silent, silent);
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(["passed", "failed", "passed"]);
  });

  it("runs nothing after an interruption", async () => {
    const results = await applyStacks(sandboxOf(stacks, ""), silent, silent, AbortSignal.abort());
    expect(results.map(({ outcome }) => outcome)).toEqual(
      Object.keys(stacks).map(() => ({ kind: "not run", reason: "interrupted" })),
    );
  });
});
