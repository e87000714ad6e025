import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it, type TestContext } from "vitest";
import { lockFile } from "../../../commands/synth/provider-lock-files";
import { TestProject } from "../../../test/commands/test-project";
import { stackNames } from "../../../test/support/environments";
import { minimal } from "../../../test/support/minimal";
import { unavailable } from "./root-module";

const project = new TestProject([{ ...minimal("dev"), state: { kind: "s3", bucket: "example-states" } }]);
const folder = join(project.root, "deploy", "stacks", "dev-cluster");

/** Terraform alone, in the committed tree. */
function terraform(...args: readonly string[]) {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
  const { error, status, stdout, stderr } = spawnSync("terraform", args, { cwd: folder, encoding: "utf8", env });
  return { error, status, output: `${stdout}${stderr}` };
}

function initialized(context: TestContext): void {
  const { error, status, output } = terraform("init", "-backend=false", "-input=false", "-no-color");
  if (error !== undefined) context.skip("terraform is missing; install it, or put it on the PATH");
  const reason = status === 0 ? undefined : unavailable(output);
  if (reason !== undefined) context.skip(reason);
  expect(status, output).toBe(0);
}

beforeAll(async () => {
  for (const kind of stackNames) {
    const file = lockFile(project.root, kind);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "# Nothing is locked here.\n");
  }
  expect(await project.run(["synth", "--to", "deploy"])).toMatchObject({ code: 0 });
});

describe("the ways out of CDKTF", () => {
  it("lead through the JSON, which Terraform takes alone and without cdktf's comments", (context) => {
    initialized(context);
    const file = join(folder, "cdk.tf.json");
    const plain = JSON.parse(readFileSync(file, "utf8"), (key, value: unknown) => (key === "//" ? undefined : value));
    writeFileSync(file, JSON.stringify(plain));
    expect(terraform("validate", "-no-color").output).toContain("The configuration is valid");
  });

  it("lead through HCL, a block at a time beside the JSON, by the same address", (context) => {
    initialized(context);
    const file = join(folder, "cdk.tf.json");
    const { resource, ...rest } = JSON.parse(readFileSync(file, "utf8"));
    const { aws_vpc: vpcs, ...others } = resource;
    const [name = ""] = Object.keys(vpcs);
    const { cidr_block, tags } = vpcs[name];
    const block = `resource "aws_vpc" "${name}" {\n  cidr_block = "${cidr_block}"\n  tags = { Name = "${tags["Name"]}" }\n}\n`;
    writeFileSync(file, JSON.stringify({ ...rest, resource: others }));
    expect(terraform("validate", "-no-color").output).toContain("undeclared resource");
    writeFileSync(join(folder, "network.tf"), block);
    expect(terraform("validate", "-no-color").output).toContain("The configuration is valid");
  });
});
