import type { Outcome } from "@ingress-foundry/sandbox/stack-runs";
import { describe, expect, it } from "vitest";
import { NotRun, Results } from "../src/results";

/** Results with a row for each of these outcomes, in this order. */
function resultsOf(...outcomes: readonly Outcome[]): Results {
  const results = new Results(() => {});
  for (const [index, outcome] of outcomes.entries()) {
    results.add({ scenario: `scenario ${index}`, stack: "dev-cluster", outcome, seconds: 1 });
  }
  return results;
}

const passed: Outcome = { kind: "passed", detail: "" };
const failed: Outcome = { kind: "failed", reason: "it broke" };
const notRun: Outcome = { kind: "not run", reason: "interrupted" };

describe("a run of scenarios", () => {
  it.each<[string, readonly Outcome[], boolean]>([
    ["something passed", [passed], true],
    ["something passed and something was not run", [notRun, passed], true],
    ["one failed among those that passed", [passed, failed, passed], false],
    ["nothing passed", [notRun], false],
    ["there was nothing", [], false],
  ])("where %s: %j has passed: %s", (_, outcomes, expected) => {
    expect(resultsOf(...outcomes).passed).toBe(expected);
  });

  it("counts a scenario that says it cannot be run here as not run, and one that throws anything else as failed", async () => {
    const results = new Results(() => {});
    expect(await results.run("a", "s", async () => "3 added")).toBe(true);
    expect(await results.run("b", "s", async () => undefined)).toBe(true);
    expect(await results.run("c", "s", () => Promise.reject(new NotRun("no git here")))).toBe(false);
    expect(await results.run("d", "s", () => Promise.reject(new Error("it broke")))).toBe(false);
    expect(await results.run("e", "s", () => Promise.reject("a mere text"))).toBe(false);
    expect(results.rows.map(({ outcome }) => outcome)).toEqual([
      { kind: "passed", detail: "3 added" },
      { kind: "passed", detail: "" },
      { kind: "not run", reason: "no git here" },
      { kind: "failed", reason: "it broke" },
      { kind: "failed", reason: "a mere text" },
    ]);
  });

  it("prints each result when it is known, a failure with every line of its reason", async () => {
    const lines: string[] = [];
    const results = new Results((line) => lines.push(line));
    await results.run("apply", "dev-cluster", () => Promise.reject(new Error("Error: no\n  on cdk.tf.json")));
    expect(lines[0]).toMatch(/^apply +dev-cluster +failed +\d+\.\d$/);
    expect(lines.slice(1)).toEqual(["    Error: no\n      on cdk.tf.json"]);
  });
});

describe("the table at the end of a run", () => {
  it("ends with the counts", () => {
    const lines = resultsOf(passed, failed, notRun, passed).table().split("\n");
    expect(lines.at(-1)).toBe("2 passed, 1 failed, 1 not run");
  });

  it("has a row for each result, in the order in which they became known, under a head", () => {
    const lines = resultsOf(passed, failed).table().split("\n");
    expect(lines.slice(0, 3).map((line) => line.split(/ {2,}/))).toEqual([
      ["scenario", "stack", "result", "seconds"],
      ["scenario 0", "dev-cluster", "passed", "1.0"],
      ["scenario 1", "dev-cluster", "failed", "1.0"],
    ]);
  });

  it("lists what was not run, a line for each stack and reason", () => {
    const results = resultsOf(passed);
    results.add({ scenario: "traffic stays on loopback", stack: "", outcome: notRun, seconds: 0 });
    for (const scenario of ["apply", "destroy"]) {
      const outcome = { kind: "not run", reason: 'needs "init dev-apps"' } as const;
      results.add({ scenario, stack: "dev-apps", outcome, seconds: 0 });
    }
    expect(results.table().split("\n").slice(-3, -1)).toEqual([
      "not run: interrupted (traffic stays on loopback)",
      'not run: dev-apps: needs "init dev-apps" (apply; destroy)',
    ]);
  });

  it("says again what failed and why, right before the counts", () => {
    expect(resultsOf(passed, failed, passed).table().split("\n").slice(-3)).toEqual([
      "failed: dev-cluster: scenario 1",
      "    it broke",
      "2 passed, 1 failed, 0 not run",
    ]);
  });

  it("has the notes between the rows and what was not run", () => {
    const results = resultsOf(notRun);
    results.note("stand-ins for charts: cert-manager");
    expect(results.table().split("\n").slice(2, 4)).toEqual([
      "stand-ins for charts: cert-manager",
      "not run: dev-cluster: interrupted (scenario 0)",
    ]);
  });
});
