import { expect, it } from "vitest";
import { parts, partsOf } from "../src/parts";

it("two days after each other have every part between them", () => {
  for (const [first, second] of [
    ["2026-12-01", "2026-12-02"],
    ["2028-02-29", "2028-03-01"],
  ] as const) {
    const both = new Set([...partsOf(new Date(first)), ...partsOf(new Date(second))]);
    expect([...both].sort()).toEqual([...parts].sort());
  }
});
