import { describe, expect, it } from "vitest";
import { traceOf } from "../../../commands/doors/trace";
import { findingsOf, type Hole, holes, severityOf, type Trace } from "../../../commands/doors/way";
import { type Editable, editable } from "../../support/change-stacks";
import { goldenNames, stacksOf } from "../../support/environments";
import { preparedHoles } from "./holes";

const traceOfStacks = (name: string, stacks: Editable): Trace => traceOf({ name, stacks });
const golden = (name: string) => traceOfStacks(name, editable(stacksOf(name)));
const holesOf = (trace: Trace) => findingsOf(trace).map(({ hole }) => hole);

/** Holes that are there beside those that were there before. */
function beside(before: readonly Hole[], after: readonly Hole[]): readonly Hole[] {
  const left = [...before];
  return after.filter((hole) => {
    const index = left.indexOf(hole);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

describe("a prepared hole", () => {
  it.each(preparedHoles)(
    "is found by name, and nothing is invented beside it: $name",
    ({ environment, make, found }) => {
      const stacks = editable(stacksOf(environment));
      make(stacks);
      const after = traceOfStacks(environment, stacks);
      expect(beside(holesOf(golden(environment)), holesOf(after)).toSorted()).toEqual([...found].sort());
    },
  );

  it("is one of forty at least", () => {
    expect(preparedHoles.length).toBeGreaterThanOrEqual(40);
  });

  it("is there for every sort of hole", () => {
    expect(
      Object.keys(holes).filter((hole) => !preparedHoles.some(({ found }) => found.includes(hole as Hole))),
    ).toEqual([]);
  });

  it("has a place in the stacks wherever a block says it", () => {
    for (const { environment, make, found } of preparedHoles) {
      const stacks = editable(stacksOf(environment));
      make(stacks);
      const named = findingsOf(traceOfStacks(environment, stacks)).filter(({ hole }) => found.includes(hole));
      for (const { says, place } of named)
        expect({ says, place }).toEqual({ says, place: expect.stringMatching(/^\w+: (data\.)?\w+\.[\w-]+$/) });
    }
  });
});

describe.each(goldenNames)("the trace of %s", (name) => {
  const trace = golden(name);

  it("has no error: every way ends at a pod or says where it goes, and a route declares it", () => {
    expect(findingsOf(trace).filter(({ hole }) => severityOf(hole) === "error")).toEqual([]);
  });

  it("has a way for every door that the environment declares", () => {
    const { doors } = stacksOf(name).apps.output;
    const apis = Object.keys(Object(stacksOf(name).apps.output["invoke_urls"]?.value));
    const declared = Object.keys(Object(doors?.value)).filter((key) => !/\/api-gateway\//.test(key));
    const seen = new Set(trace.ways.flatMap(({ declaredAs }) => declaredAs));
    expect([...declared, ...apis.filter((key) => key.includes("/"))].filter((key) => !seen.has(key))).toEqual([]);
  });

  it("names each way once", () => {
    const ids = trace.ways.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
