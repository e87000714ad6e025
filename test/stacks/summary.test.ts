import { App, Testing } from "cdktf";
import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../platform/environment";
import { environmentStacks } from "../../stacks/environment";
import { stackSummary } from "../../stacks/summary";
import { checked, synthStacks } from "../support/environments";
import { minimal } from "../support/minimal";

const workload = { image: { name: "example.com/shop", tag: "1.0.0" }, port: 8080 };
const withDoors: EnvironmentInput = {
  ...minimal("shop"),
  workloads: {
    front: { ...workload, routes: [{ kind: "alb" }, { kind: "nlb" }] },
    back: { ...workload, routes: [{ kind: "alb" }] },
  },
};

function summaries(input: EnvironmentInput): Readonly<Record<string, string>> {
  const environment = checked(input);
  const stacks = environmentStacks(Testing.stubVersion(new App({ stackTraces: false })), environment);
  return Object.fromEntries(stacks.map((stack) => [stack.stackName, stackSummary(stack, environment)]));
}

describe("the line on a stack", () => {
  it("counts the resources that its JSON has", () => {
    const stacks = synthStacks(withDoors);
    for (const [name, line] of Object.entries(summaries(withDoors))) {
      const { resource } = stacks[name as keyof typeof stacks];
      const count = Object.values(resource).reduce((sum, blocks) => sum + Object.keys(blocks).length, 0);
      expect(line).toMatch(new RegExp(`^shop-${name}: ${count} resources?(,|$)`));
    }
  });

  it("counts Helm releases where there are any", () => {
    const { cluster, controllers } = summaries(withDoors);
    expect(controllers).toBe("shop-controllers: 2 resources, 2 releases");
    expect(cluster).not.toContain("release");
  });

  it("counts the doors of the apps stack, each kind named once", () => {
    const { apps, ...others } = summaries(withDoors);
    expect(apps).toMatch(/, 3 doors \(alb, nlb\)$/);
    expect(Object.values(others).join()).not.toContain("door");
    expect(summaries(minimal("shop"))["apps"]).not.toContain("door");
  });
});
