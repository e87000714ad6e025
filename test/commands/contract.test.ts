import { describe, expect, it } from "vitest";
import { stackNames, synthStacks } from "../support/environments";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

describe("foundry contract", () => {
  const project = new TestProject();

  it("says which stack publishes what, of which kind, and who reads it", async () => {
    const { code, stdout, stderr } = await project.run(["contract"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("cluster, read by identity, controllers, apps\n");
    expect(stdout).toMatch(/^vpc_id +text +VPC of the cluster\.$/m);
    expect(stdout).toContain("apps, read by no other stack\n");
  });

  it("tells a program the outputs and consumers that the stacks have", async () => {
    const printed = JSON.parse((await project.run(["contract", "--json"])).stdout);
    const stacks = synthStacks(minimal("dev"));
    expect(printed).toEqual(
      stackNames.map((producer) =>
        expect.objectContaining({
          producer,
          consumers: stackNames.filter((stack) => producer in (stacks[stack].data["terraform_remote_state"] ?? {})),
        }),
      ),
    );
    for (const [index, producer] of stackNames.entries()) {
      const names = printed[index].outputs.map(({ name }: { name: string }) => name);
      expect([...names].sort()).toEqual(Object.keys(stacks[producer].output).sort());
    }
  });

  it("draws an arrow from a producer to each of its consumers", async () => {
    const { stdout } = await project.run(["contract", "--as", "mermaid"]);
    expect(stdout).toContain("flowchart LR\n");
    expect(stdout.match(/-->/g)).toHaveLength(6);
    expect(stdout).toContain("  controllers --> apps\n");
  });
});
