import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anEnvironment, twoEnvironments } from "./environments";
import { faults, taken, written } from "./properties";

/** Draws in one run; `npm run test:generated` asks for more, with another seed each time. */
const runs = Number(process.env["GENERATED_RUNS"] ?? 60);
const seed = Number(process.env["GENERATED_SEED"] ?? 20261121);

const counts = { taken: 0, refused: 0, pairsTaken: 0, pairsRefused: 0 };

describe(`environments drawn from the schema, seed ${seed}`, () => {
  it("are refused in four lines, or make stacks whose parts fit each other", () => {
    fc.assert(
      fc.property(anEnvironment, (drawn) => {
        const [environment] = taken([drawn]) ?? [];
        counts[environment === undefined ? "refused" : "taken"]++;
        if (environment !== undefined) expect(faults(written(environment))).toEqual([]);
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
    // A generator that draws nothing sound, or nothing else, would show nothing.
    expect(Math.min(counts.taken, counts.refused)).toBeGreaterThan(runs / 20);
  });

  it("make the same bytes twice", () => {
    fc.assert(
      fc.property(anEnvironment, (drawn) => {
        const [environment] = taken([drawn]) ?? [];
        if (environment !== undefined) expect(written(environment)).toEqual(written(environment));
      }),
      { numRuns: Math.ceil(runs / 6), seed: seed + 1, endOnFailure: true },
    );
  });

  it("in pairs are refused in four lines, or taken", () => {
    fc.assert(
      fc.property(twoEnvironments, (pair) => {
        counts[taken(pair) === undefined ? "pairsRefused" : "pairsTaken"]++;
      }),
      { numRuns: runs, seed: seed + 2, endOnFailure: true },
    );
    console.log(`drawn with seed ${seed}: ${JSON.stringify(counts)}`);
  });
});
