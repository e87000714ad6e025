import { expect, it } from "vitest";
import { parts, partsOf, turns } from "../src/parts";

it("every turn is taken within as many days, also over the end of a month", () => {
  for (const first of ["2026-12-01", "2028-02-29"]) {
    const days = turns.map((_, index) => partsOf(new Date(Date.parse(first) + index * 86_400_000)));
    expect(new Set(days)).toEqual(new Set(turns));
  }
});

it("every part has its turn", () => {
  expect(new Set(turns.flat())).toEqual(new Set(parts));
});

it("a turn has parts that there are, each once", () => {
  for (const turn of turns) {
    expect(turn.filter((part, index) => !parts.includes(part) || turn.indexOf(part) !== index)).toEqual([]);
  }
});
