import { describe, expect, it } from "vitest";
import { stackNames, stacksOf } from "../support/environments";

const blocksOf = (environment: string, types: readonly string[]) =>
  stackNames.flatMap((stack) =>
    types.flatMap((type) => Object.entries(stacksOf(environment)[stack].resource[type] ?? {})),
  );

const roles = ["aws_iam_role", "aws_iam_user"];
const boundary = "arn:aws:iam::123456789012:policy/boundary";

describe("what a company asks of IAM and of log groups", () => {
  it("has every role and user, whichever module made it", () => {
    const asked = blocksOf("anything-else", roles);
    expect(asked.length).toBeGreaterThan(5);
    for (const [, role] of asked) expect(role).toMatchObject({ permissions_boundary: boundary, path: "/platform/" });
  });

  it("has the path of every policy", () => {
    for (const [, policy] of blocksOf("anything-else", ["aws_iam_policy"])) expect(policy["path"]).toBe("/platform/");
  });

  it("has the key of every log group of the region", () => {
    const groups = blocksOf("anything-else", ["aws_cloudwatch_log_group"]);
    expect(groups.length).toBeGreaterThan(1);
    for (const [, group] of groups) expect(group["kms_key_id"]).toContain(":key/");
  });

  it("stands nowhere in an environment that asks for none of it", () => {
    const all = [...blocksOf("dev", roles), ...blocksOf("dev", ["aws_cloudwatch_log_group", "aws_iam_policy"])];
    for (const [, block] of all) {
      expect(block).not.toHaveProperty("permissions_boundary");
      expect(block).not.toHaveProperty("path");
      expect(block).not.toHaveProperty("kms_key_id");
    }
  });
});
