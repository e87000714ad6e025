import { describe, expect, it } from "vitest";
import { stackNames } from "../support/environments";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

describe("foundry list", () => {
  const project = new TestProject([minimal("dev"), minimal("prod")]);

  it("has a line for each environment: account, region, Kubernetes, state, routes and stacks", async () => {
    const { code, stdout, stderr } = await project.run(["list"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [head, ...lines] = stdout.trimEnd().split("\n");
    expect(head?.split(/ {2,}/)).toEqual([
      "environment",
      "account",
      "region",
      "kubernetes",
      "state",
      "routes",
      "stacks",
    ]);
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual(
      ["dev", "prod"].map((name) => [name, "123456789012", "us-west-2", "1.35", "local", "0", stackNames.join(", ")]),
    );
  });

  it("gives a program the ids of the stacks in the order they are applied", async () => {
    const { stdout } = await project.run(["list", "prod", "--json"]);
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({ name: "prod", stacks: stackNames.map((stack) => `prod-${stack}`) }),
    ]);
  });
});
