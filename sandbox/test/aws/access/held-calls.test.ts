import { describe, expect, it } from "vitest";
import { decide } from "../../../src/aws/access/evaluate";
import { HeldCalls } from "../../../src/aws/access/held-calls";
import { policyStatements } from "../../../src/aws/access/policy";

const principalArn = "arn:aws:iam::123456789012:role/load-balancers";

function called(statements: readonly object[], ...actions: readonly string[]) {
  const policy = policyStatements(JSON.stringify({ Statement: statements }));
  const calls = new HeldCalls();
  for (const action of actions) {
    const wanted = { action, resource: "*", context: new Map() };
    calls.add({ callerArn: principalArn, principalArn, statements: policy }, wanted, decide(policy, wanted));
  }
  return calls.summary();
}

const allow = (...Action: readonly string[]) => ({ Effect: "Allow", Action, Resource: "*" });

describe("what is told of a role's calls", () => {
  it("is each action once, and what was denied", () => {
    const [caller] = called([allow("ec2:DescribeVpcs")], "ec2:DescribeVpcs", "ec2:DescribeVpcs", "ec2:CreateTags");
    expect(caller).toMatchObject({
      principalArn,
      actions: ["ec2:CreateTags", "ec2:DescribeVpcs"],
      denied: ["ec2:CreateTags on *"],
    });
  });

  it("is which statements no call needed: without one of them every call would be allowed too", () => {
    const statements = [allow("ec2:DescribeVpcs"), allow("ec2:DescribeSubnets"), allow("ec2:CreateTags")];
    expect(called(statements, "ec2:DescribeVpcs", "ec2:DescribeSubnets")[0]?.unneeded).toEqual(["ec2:CreateTags"]);
  });

  it("is both of two statements that allow the same, for either could go", () => {
    const statements = [allow("ec2:Describe*"), allow("ec2:DescribeVpcs")];
    expect(called(statements, "ec2:DescribeVpcs")[0]?.unneeded).toEqual(["ec2:Describe*", "ec2:DescribeVpcs"]);
  });

  it("is what would be denied without each of the other statements", () => {
    const statements = [allow("ec2:Describe*"), allow("ec2:CreateTags"), allow("ec2:DeleteTags")];
    const [caller] = called(statements, "ec2:DescribeVpcs", "ec2:CreateTags", "ec2:DescribeSubnets");
    expect(caller?.needed).toEqual([
      { statement: "ec2:Describe*", actions: ["ec2:DescribeSubnets", "ec2:DescribeVpcs"] },
      { statement: "ec2:CreateTags", actions: ["ec2:CreateTags"] },
    ]);
  });
});
