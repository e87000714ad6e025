import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

const call = (action: string, resource = "*", stack = "dev-cluster") =>
  `${JSON.stringify({ stack, action, resource, parameters: {} })}\n`;

describe("foundry permissions", () => {
  const project = new TestProject([minimal("dev")]);
  const recording = (text: string) => {
    const file = join(project.root, "calls.jsonl");
    writeFileSync(file, text);
    return file;
  };
  const committed = () => JSON.parse(readFileSync(join(project.root, "docs/permissions/dev-cluster.json"), "utf8"));

  it("says how to record calls where no policy is committed", async () => {
    const { code, stderr } = await project.run(["permissions", "dev"]);
    expect(code).toBe(1);
    expect(stderr).toContain("foundry permissions dev --calls <file> --write");
  });

  it("makes a policy for each stack that called, and writes it when asked", async () => {
    const calls = recording(call("ec2:DescribeVpcs") + call("ec2:DescribeSubnets", "*", "dev-apps"));
    const { code, stdout } = await project.run(["permissions", "dev", "--calls", calls]);
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout))).toEqual(["dev-cluster", "dev-apps"]);
    expect((await project.run(["permissions", "dev", "--calls", calls, "--write"])).stdout).toContain(
      "docs/permissions/dev-cluster.json",
    );
    expect(committed().Statement).toEqual([{ Effect: "Allow", Action: ["ec2:DescribeVpcs"], Resource: ["*"] }]);
    expect(JSON.parse((await project.run(["permissions", "dev"])).stdout)["dev-cluster"]).toEqual(committed());
  });

  it("notices a call that the committed policy does not allow", async () => {
    const known = recording(call("ec2:DescribeVpcs"));
    expect((await project.run(["permissions", "dev", "--calls", known, "--check"])).code).toBe(0);
    const calls = recording(call("ec2:DescribeVpcs") + call("ec2:DescribeRouteTables"));
    const { code, stderr } = await project.run(["permissions", "dev", "--calls", calls, "--check"]);
    expect(code).toBe(1);
    expect(stderr).toContain("dev-cluster: ec2:DescribeRouteTables on *");
  });

  it("adds what is new to what is there", async () => {
    await project.run(["permissions", "dev", "--calls", recording(call("ec2:DescribeRouteTables")), "--write"]);
    expect(committed().Statement[0].Action).toEqual(["ec2:DescribeRouteTables", "ec2:DescribeVpcs"]);
  });

  it("refuses a file that is no recording, and one of another environment", async () => {
    const broken = await project.run(["permissions", "dev", "--calls", recording("not a call\n")]);
    expect(broken.stderr).toContain("calls.jsonl:1: that is no call that a sandbox recorded");
    const other = await project.run([
      "permissions",
      "dev",
      "--calls",
      recording(call("ec2:DescribeVpcs", "*", "prod-cluster")),
    ]);
    expect(other.stderr).toContain("no call of a stack of dev");
  });
});
