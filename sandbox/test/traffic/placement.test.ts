import { describe, expect, it } from "vitest";
import { placeable, startPlacement } from "../../src/traffic/scheduling/placement";

const rules = {
  realNodes: () => new Set(["real-a", "real-b"]),
  runsForReal: (image: string) => image.startsWith("shop"),
};
const nodes = ["real-a", "played-a", "real-b", "played-b"];

describe("the scheduler's choice", () => {
  it("is a node that runs pods, where every image is to run", () => {
    expect(placeable(["shop:1"], nodes, rules)).toEqual(["real-a", "real-b"]);
  });

  it("is a played node, where one image cannot be had", () => {
    expect(placeable(["shop:1", "sidecar:1"], nodes, rules)).toEqual(["played-a", "played-b"]);
  });

  it("is the node of a DaemonSet's pod, of whichever sort that is", () => {
    expect(placeable(["agent:1"], ["real-a"], rules)).toEqual(["real-a"]);
    expect(placeable(["shop:1"], ["played-a"], rules)).toEqual(["played-a"]);
  });

  it("is none while no node runs pods yet, for a pod that is to run", () => {
    expect(placeable(["shop:1"], ["played-a", "played-b"], rules)).toEqual([]);
  });

  it("is asked for in the spelling of the scheduler", async () => {
    const placement = await startPlacement(rules);
    try {
      const [extender] = JSON.parse(placement.schedulerConfiguration).extenders;
      const response = await fetch(`${extender.urlPrefix}/${extender.filterVerb}`, {
        method: "POST",
        body: JSON.stringify({ Pod: { spec: { containers: [{ image: "shop:1" }] } }, NodeNames: nodes }),
      });
      expect(await response.json()).toEqual({ NodeNames: ["real-a", "real-b"] });
    } finally {
      await placement.close();
    }
  });
});
