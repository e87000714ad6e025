import { describe, expect, it } from "vitest";
import { DrawingBuilder } from "../../../commands/drawing/drawing";
import { folded } from "../../../commands/drawing/fold";

function drawing(subnets: number, changed: readonly number[] = []) {
  const builder = new DrawingBuilder("many");
  const vpc = builder.group("vpc", "VPC");
  const door = builder.node("door", { kind: "entrance", lines: ["door"] });
  for (let index = 0; index < subnets; index += 1) {
    const zone = builder.group(`zone ${index % 100}`, `zone ${index % 100}`, vpc);
    const node = builder.node(`subnet ${index}`, {
      kind: "network",
      lines: [`subnet ${index}`],
      group: zone,
      ...(changed.includes(index) ? { change: "added" as const } : {}),
    });
    builder.edge({ from: door, to: node });
  }
  return builder.drawing();
}

describe("a drawing of many nodes", () => {
  it("stays as it is up to sixty of a kind", () => {
    const sixty = drawing(60);
    expect(folded(sixty)).toBe(sixty);
  });

  it("has one node in the outermost box for those past sixty, which says how many they are", () => {
    const { nodes, groups } = folded(drawing(10_000));
    expect(nodes).toHaveLength(62);
    expect(nodes.at(-1)).toMatchObject({ kind: "network", lines: ["9940 more"], group: groups[0]?.id });
    expect(groups).toHaveLength(61);
  });

  it("shows what changed before what did not, and says what of the rest did", () => {
    const all = [...Array(70).keys()].map((index) => 900 + index);
    const { nodes } = folded(drawing(1000, all));
    expect(nodes.filter(({ change }) => change === "added")).toHaveLength(60);
    expect(nodes.at(-1)).toMatchObject({ lines: ["940 more", "10 of them new or changed"], change: "changed" });
  });

  it("leads every edge to a node that is there, and no two between the same", () => {
    const { nodes, edges } = folded(drawing(1000));
    const ids = new Set(nodes.map(({ id }) => id));
    expect(edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
    expect(edges).toHaveLength(61);
  });
});
