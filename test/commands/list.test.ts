import { describe, expect, it } from "vitest";
import { stackNames } from "../support/environments";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

describe("foundry list", () => {
  const project = new TestProject([minimal("dev"), minimal("prod")]);

  it("has a line for each environment: account, region, Kubernetes, state, doors and warnings", async () => {
    const { code, stdout, stderr } = await project.run(["list"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [head, ...lines] = stdout.trimEnd().split("\n");
    expect(head?.split(/ {2,}/)).toEqual([
      "environment",
      "account",
      "region",
      "kubernetes",
      "state",
      "doors",
      "warnings",
    ]);
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual(
      ["dev", "prod"].map((name) => [name, "123456789012", "us-west-2", "1.35", "local", "none", "none"]),
    );
  });

  it("gives a program the ids of the stacks in the order they are applied", async () => {
    const { stdout } = await project.run(["list", "prod", "--json"]);
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({ name: "prod", stacks: stackNames.map((stack) => `prod-${stack}`) }),
    ]);
  });

  it("counts the doors of an environment by their kind, and what it is warned of", async () => {
    const workload = {
      image: { name: "example.com/shop", tag: "1.0.0" },
      port: 8080,
      routes: [{ kind: "nlb" as const }],
    };
    const busy = { ...minimal("busy"), workloads: { shop: workload } };
    const nat = {
      network: { kind: "create" as const, nat: "none" as const, interfaceEndpoints: "private-cluster" as const },
    };
    const { stdout } = await new TestProject([{ ...busy, ...nat }]).run(["list", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        routes: 1,
        doors: ["nlb"],
        warnings: [expect.stringContaining("nodes reach no public registry"), expect.stringContaining("by clear text")],
      },
    ]);
  });

  it("takes a pattern for those that fit it", async () => {
    const { stdout } = await project.run(["list", "d*", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject([{ name: "dev" }]);
  });
});
