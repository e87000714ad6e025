import fc from "fast-check";
import { anEnvironment, twoEnvironments } from "./environments";
import { faults, taken, written } from "./properties";

export interface Counts {
  readonly taken: number;
  readonly refused: number;
  readonly pairsTaken: number;
  readonly pairsRefused: number;
}

/** One thing that does not hold, and what shows it. */
export interface Failure {
  readonly seed: number;
  readonly what: string;
  readonly drawn: unknown;
}

/** Draws some environments, and half as many pairs, with one seed; says what does not hold and goes on. */
export function drawMany(
  seed: number,
  runs: number,
): { readonly counts: Counts; readonly failures: readonly Failure[] } {
  const counts = { taken: 0, refused: 0, pairsTaken: 0, pairsRefused: 0 };
  const failures: Failure[] = [];
  const attempt = (drawn: unknown, property: () => readonly string[]) => {
    try {
      for (const what of property()) failures.push({ seed, what, drawn });
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      failures.push({ seed, what: what.split("\n").slice(0, 8).join("\n"), drawn });
    }
  };
  for (const [index, drawn] of fc.sample(anEnvironment, { seed, numRuns: runs }).entries()) {
    attempt(drawn, () => {
      const [environment] = taken([drawn]) ?? [];
      counts[environment === undefined ? "refused" : "taken"]++;
      if (environment === undefined) return [];
      const stacks = written(environment);
      // Twice for some of them: it takes as long as everything else.
      if (index % 10 === 0 && JSON.stringify(written(environment)) !== JSON.stringify(stacks)) return ["other bytes"];
      return faults(stacks);
    });
  }
  for (const pair of fc.sample(twoEnvironments, { seed: seed + 1, numRuns: Math.ceil(runs / 2) })) {
    attempt(pair, () => {
      counts[taken(pair) === undefined ? "pairsRefused" : "pairsTaken"]++;
      return [];
    });
  }
  return { counts, failures };
}

/** In a process of its own: a seed and a number on the command line, one line of JSON on standard output. */
if (require.main === module) {
  const [seed = 0, runs = 0] = process.argv.slice(2).map(Number);
  process.stdout.write(JSON.stringify(drawMany(seed, runs)));
}
