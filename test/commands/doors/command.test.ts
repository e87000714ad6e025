import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { synthText } from "../../support/environments";
import { minimal } from "../../support/minimal";
import { TestProject } from "../test-project";

const environment = minimal("dev");

/** A folder with the synthesized stacks of an environment. */
function synthesizedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stacks-"));
  for (const [stack, text] of Object.entries(synthText(environment))) {
    mkdirSync(join(folder, "stacks", `dev-${stack}`), { recursive: true });
    writeFileSync(join(folder, "stacks", `dev-${stack}`, "cdk.tf.json"), text);
  }
  return folder;
}

describe("foundry doors", () => {
  const project = new TestProject([environment]);
  const folder = synthesizedFolder();

  it("synthesizes the environment as its file is now, and leaves nothing behind", async () => {
    const { code, stdout, stderr } = await project.run(["doors", "dev"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("dev: 1 ways in");
    expect(stdout).toContain("private endpoint: lets in 10.100.0.0/16 on 443");
  });

  it("reads stacks that were synthesized before, from their folder or the one above", async () => {
    const above = await project.run(["doors", "dev", "--from", folder, "--json"]);
    const itself = await project.run(["doors", "dev", "--from", join(folder, "stacks"), "--json"]);
    expect(above.code).toBe(0);
    expect(JSON.parse(above.stdout)).toEqual(JSON.parse(itself.stdout));
  });

  it.each([
    { name: "no folder", from: () => join(folder, "gone"), says: "is no folder" },
    {
      name: "a folder without stacks",
      from: () => mkdtempSync(join(tmpdir(), "empty-")),
      says: "holds no synthesized stack",
    },
    {
      name: "a file that is no JSON",
      from: () => {
        const copy = mkdtempSync(join(tmpdir(), "copy-"));
        cpSync(folder, copy, { recursive: true });
        writeFileSync(join(copy, "stacks", "dev-apps", "cdk.tf.json"), '{"terraform": {');
        return copy;
      },
      says: "is no JSON",
    },
    {
      name: "JSON that is no stack",
      from: () => {
        const copy = mkdtempSync(join(tmpdir(), "copy-"));
        cpSync(folder, copy, { recursive: true });
        writeFileSync(join(copy, "stacks", "dev-apps", "cdk.tf.json"), "[]");
        return copy;
      },
      says: 'is no synthesized stack: it has neither "terraform" nor "resource"',
    },
  ])("says in a sentence what is wrong with $name", async ({ from, says }) => {
    const { code, stderr } = await project.run(["doors", "dev", "--from", from()]);
    expect(code).toBe(1);
    expect(stderr.trimEnd().split("\n")).toEqual([expect.stringContaining(says)]);
  });

  it("names the environments that a folder has, where it has not the one that is asked for", async () => {
    const { code, stderr } = await project.run(["doors", "prod", "--from", folder]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `foundry: ${join(folder, "stacks")} holds no stack of prod; it has dev.\n`,
    });
  });
});

describe("foundry graph", () => {
  const folder = synthesizedFolder();
  const project = new TestProject([environment]);

  it.each([
    ["svg", "<svg "],
    ["mermaid", "flowchart LR"],
    ["d2", "direction: right"],
  ])("draws the network, the cluster and its machines as %s", async (language, begins) => {
    const { code, stdout } = await project.run(["graph", "dev", "--from", folder, "--as", language]);
    expect(code).toBe(0);
    expect(stdout.startsWith(begins)).toBe(true);
    for (const drawn of [
      "VPC 10.0.0.0/16",
      "private subnet",
      "NAT gateway",
      "EKS dev",
      "aws-load-balancer-controller",
    ]) {
      expect(stdout).toContain(drawn);
    }
  });

  it("draws a PNG twice as large, with the same picture each time", async () => {
    const files = ["one.png", "two.png"].map((name) => join(project.root, name));
    for (const file of files) {
      const { code } = await project.run(["graph", "dev", "--from", folder, "--as", "png", "--out", file]);
      expect(code).toBe(0);
    }
    const [one, two] = files.map((file) => readFileSync(file));
    const { stdout } = await project.run(["graph", "dev", "--from", folder]);
    const width = Number(/ width="(\d+)"/.exec(stdout)?.[1]);
    // Source: PNG (Third Edition), 5.2 and 11.2.1: a signature, then the chunk that has the width.
    expect(one?.subarray(1, 4).toString()).toBe("PNG");
    expect(one?.readUInt32BE(16)).toBe(2 * width);
    expect(one?.equals(two ?? Buffer.alloc(0))).toBe(true);
  });

  it("has a PNG written to a file alone", async () => {
    const { code, stdout, stderr } = await project.run(["graph", "dev", "--from", folder, "--as", "png"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("name a file with --out");
  });
});
