import { describe, expect, it } from "vitest";
import { comesWithin, lastDay } from "../../../modules/schema/iso-date";

describe("a date without a day", () => {
  it("means the last day of its month", () => {
    expect(["2026-02", "2028-02", "2026-09", "2026-12"].map(lastDay)).toEqual([
      "2026-02-28",
      "2028-02-29",
      "2026-09-30",
      "2026-12-31",
    ]);
    expect(lastDay("2026-02-03")).toBe("2026-02-03");
  });
});

describe("a date within a number of days", () => {
  it("is today or later, the last of these days included", () => {
    expect(comesWithin("2026-02-28", "2026-03-01", 9999)).toBe(false);
    expect(comesWithin("2026-03-01", "2026-03-01", 0)).toBe(true);
    expect(comesWithin("2026-03", "2026-03-01", 29)).toBe(false);
    expect(comesWithin("2026-03", "2026-03-01", 30)).toBe(true);
  });
});
