import { describe, expect, it } from "vitest";
import { holdsWithin, until } from "../src/waiting";

describe("waiting for a condition", () => {
  it("ends as soon as it holds", async () => {
    let asked = 0;
    const third = () => {
      asked += 1;
      return asked === 3;
    };
    expect(await holdsWithin(10_000, third)).toBe(true);
    expect(asked).toBe(3);
  });

  it("ends when the time is over, with what was waited for where that is an error", async () => {
    expect(await holdsWithin(100, async () => false)).toBe(false);
    await expect(until("the tide", 0.1, () => false)).rejects.toThrow("after 0.1 s still waiting: the tide");
  });

  it("fails with what asking failed with", async () => {
    await expect(until("an answer", 10, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});
