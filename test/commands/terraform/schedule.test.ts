import { describe, expect, it } from "vitest";
import { followSchedule, reversed } from "../../../commands/terraform/schedule";

const diamond = [
  { id: "ground", after: [] },
  { id: "left", after: ["ground"] },
  { id: "right", after: ["ground"] },
  { id: "roof", after: ["ground", "left", "right"] },
];

describe("a schedule", () => {
  it("begins a step when those before it are done, and no earlier, and others beside it", async () => {
    const running = new Set<string>();
    const together: string[][] = [];
    const left = await followSchedule(
      diamond,
      async (id) => {
        running.add(id);
        await Promise.resolve();
        together.push([...running]);
        running.delete(id);
        return true;
      },
      () => undefined,
    );
    expect(left).toEqual([]);
    expect(together).toEqual([["ground"], ["left", "right"], ["right"], ["roof"]]);
  });

  it("skips what stands on a step that was not done, says on which, and goes on with the rest", async () => {
    const skipped: string[] = [];
    const done: string[] = [];
    const left = await followSchedule(
      diamond,
      async (id) => {
        done.push(id);
        return id !== "left";
      },
      (id, missing) => skipped.push(`${id}: ${missing.join()}`),
    );
    expect({ left, done, skipped }).toEqual({
      left: ["left", "roof"],
      done: ["ground", "left", "right"],
      skipped: ["roof: left"],
    });
  });

  it("fails as a step fails, after all the others have come to their end", async () => {
    const ended: string[] = [];
    const work = async (id: string) => {
      if (id === "left") throw new Error("no such program");
      await new Promise((resolve) => setTimeout(resolve, 10));
      ended.push(id);
      return true;
    };
    await expect(followSchedule(diamond.slice(0, 3), work, () => undefined)).rejects.toThrow("no such program");
    expect(ended).toEqual(["ground", "right"]);
  });

  it("is turned round, so that what stands on another goes first", () => {
    expect(reversed(diamond)).toEqual([
      { id: "roof", after: [] },
      { id: "right", after: ["roof"] },
      { id: "left", after: ["roof"] },
      { id: "ground", after: ["left", "right", "roof"] },
    ]);
  });
});
