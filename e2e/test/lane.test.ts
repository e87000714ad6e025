import { stackOf } from "@ingress-foundry/sandbox/test/fixtures";
import { describe, expect, it } from "vitest";
import { Lane } from "../src/lane";
import { NotRun, Results } from "../src/results";

const stacks = [
  stackOf("dev-cluster"),
  stackOf("dev-identity", { dependencies: ["dev-cluster"] }),
  stackOf("dev-controllers", { dependencies: ["dev-cluster", "dev-identity"] }),
  stackOf("dev-records", { dependencies: ["dev-cluster"] }),
];

const passes = async () => undefined;
const fails = () => Promise.reject(new Error("it broke"));

function laneOf(signal = new AbortController().signal): Lane {
  const lane = new Lane(new Results(() => {}), signal);
  lane.follow(stacks);
  return lane;
}

/** What becomes of a scenario on each stack: its kind, or the reason for which it was not run. */
async function afterwards(lane: Lane): Promise<Readonly<Record<string, string>>> {
  const outcomes: [string, string][] = [];
  for (const { id } of stacks) {
    await lane.check("the second plan is empty", id, passes);
    const outcome = lane.results.rows.at(-1)?.outcome;
    outcomes.push([id, outcome?.kind === "not run" ? outcome.reason : (outcome?.kind ?? "")]);
  }
  return Object.fromEntries(outcomes);
}

const allPassed = Object.fromEntries(stacks.map(({ id }) => [id, "passed"]));
const allOf = (reason: string) => Object.fromEntries(stacks.map(({ id }) => [id, reason]));

describe("a lane", () => {
  it("names its part before each of its scenarios, so that those of two parts can be told apart", async () => {
    const results = new Results(() => {});
    await new Lane(results, new AbortController().signal, "s3").check("apply", "dev-cluster", passes);
    await new Lane(results, new AbortController().signal).check("apply", "dev-cluster", passes);
    expect(results.rows.map(({ scenario }) => scenario)).toEqual(["s3: apply", "apply"]);
  });

  it("runs everything while what it needs passes", async () => {
    const lane = laneOf();
    await lane.need("AWS and Kubernetes come up", "dev", passes);
    await lane.need("apply", "dev-cluster", passes);
    expect(await afterwards(lane)).toEqual(allPassed);
  });

  it("does not run scenarios of a stack that failed, nor of those that depend on it, and runs all others", async () => {
    const lane = laneOf();
    await lane.need("apply", "dev-identity", fails);
    expect(await afterwards(lane)).toEqual({
      "dev-cluster": "passed",
      "dev-identity": 'needs "apply dev-identity"',
      "dev-controllers": 'needs "apply dev-identity"',
      "dev-records": "passed",
    });
  });

  it("treats what could not be run like what failed", async () => {
    const lane = laneOf();
    await lane.need("init", "dev-controllers", () => Promise.reject(new NotRun("plugin cannot be had")));
    expect(await afterwards(lane)).toEqual({ ...allPassed, "dev-controllers": 'needs "init dev-controllers"' });
  });

  it("names the first scenario that a stack misses", async () => {
    const lane = laneOf();
    await lane.need("init", "dev-records", fails);
    await lane.need("apply", "dev-records", fails);
    expect((await afterwards(lane))["dev-records"]).toBe('needs "init dev-records"');
  });

  it.each(["dev", ""])("runs nothing more where what failed concerns %j, which is no stack", async (stack) => {
    const lane = laneOf();
    await lane.need("AWS and Kubernetes come up", stack, fails);
    expect(await afterwards(lane)).toEqual(
      allOf(`needs "AWS and Kubernetes come up${stack === "" ? "" : ` ${stack}`}"`),
    );
  });

  it("runs what concerns the whole environment where only one stack is missing", async () => {
    const lane = laneOf();
    await lane.need("apply", "dev-cluster", fails);
    expect(await lane.check("nothing is left in AWS", "dev", passes)).toBe(true);
  });

  it("goes on after a scenario that may fail by itself", async () => {
    const lane = laneOf();
    expect(await lane.check("drift is planned", "dev-cluster", fails)).toBe(false);
    expect(await afterwards(lane)).toEqual(allPassed);
  });

  it("runs nothing more once it is interrupted, and says so", async () => {
    const interrupted = new AbortController();
    const lane = laneOf(interrupted.signal);
    await lane.need("apply", "dev-cluster", passes);
    interrupted.abort();
    expect(await afterwards(lane)).toEqual(allOf("interrupted"));
  });

  it("tells whether scenarios of a stack would still run", async () => {
    const interrupted = new AbortController();
    const lane = laneOf(interrupted.signal);
    await lane.need("apply", "dev-identity", fails);
    expect(stacks.filter(({ id }) => lane.runs(id)).map(({ id }) => id)).toEqual(["dev-cluster", "dev-records"]);
    interrupted.abort();
    expect(stacks.filter(({ id }) => lane.runs(id))).toEqual([]);
  });

  it("does no work of a scenario that is not run", async () => {
    const lane = laneOf(AbortSignal.abort());
    let worked = false;
    await lane.check("drift is planned", "dev-cluster", async () => {
      worked = true;
      return undefined;
    });
    expect(worked).toBe(false);
  });
});
