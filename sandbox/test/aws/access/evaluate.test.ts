import { describe, expect, it } from "vitest";
import { decide } from "../../../src/aws/access/evaluate";
import { policyStatements } from "../../../src/aws/access/policy";

const group = "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-1";

/** Decides on `ec2:CreateTags` of a security group. */
function decided(
  statements: readonly object[],
  context: Readonly<Record<string, readonly string[]>> = {},
  resource: string | undefined = group,
): string {
  const entries = Object.entries(context).map(([key, values]) => [key.toLowerCase(), values] as const);
  const wanted = { action: "ec2:CreateTags", resource, context: new Map(entries) };
  return decide(policyStatements(JSON.stringify({ Version: "2012-10-17", Statement: statements })), wanted);
}

const allow = (more: object = {}) => ({ Effect: "Allow", Action: "ec2:CreateTags", Resource: "*", ...more });
const deny = (more: object = {}) => ({ ...allow(more), Effect: "Deny" });

describe("a request is allowed by a statement whose action, resource and condition it meets", () => {
  it.each([
    ["the same action", allow()],
    ["an action in another case", allow({ Action: "EC2:createtags" })],
    ["a pattern of actions", allow({ Action: ["s3:*", "ec2:Create*"] })],
    ["every action but others", allow({ Action: undefined, NotAction: "iam:*" })],
    ["a pattern of resources", allow({ Resource: "arn:aws:ec2:*:*:security-group/*" })],
    ["every resource but others", allow({ Resource: undefined, NotResource: "arn:aws:ec2:*:*:vpc/*" })],
  ])("%s", (_, statement) => {
    expect(decided([statement])).toBe("allowed");
  });

  it.each([
    ["another action", allow({ Action: "ec2:DeleteTags" })],
    ["an action that is excepted", allow({ Action: undefined, NotAction: "ec2:*" })],
    ["another resource", allow({ Resource: "arn:aws:ec2:*:*:vpc/*" })],
    ["a resource that is excepted", allow({ Resource: undefined, NotResource: group })],
    ["a pattern that would have to reach over a colon", allow({ Resource: "arn:aws:ec2:*:security-group/*" })],
  ])("and not by one with %s", (_, statement) => {
    expect(decided([statement])).toBe("allowed by no statement");
  });

  it("a statement that denies counts for more than any that allow", () => {
    expect(decided([allow(), deny()])).toBe("denied by a statement");
    expect(decided([allow(), deny({ Resource: "arn:aws:ec2:*:*:vpc/*" })])).toBe("allowed");
  });

  it("a request on no resource in particular needs every resource", () => {
    expect(decided([allow({ Resource: group })], {}, "*")).toBe("allowed by no statement");
    expect(decided([allow()], {}, "*")).toBe("allowed");
  });
});

describe("a condition", () => {
  const tag = "aws:ResourceTag/elbv2.k8s.aws/cluster";
  const holds = (condition: object, context: Readonly<Record<string, readonly string[]>>) =>
    decided([allow({ Condition: condition })], context) === "allowed";

  it.each<[string, object, Readonly<Record<string, readonly string[]>>, boolean]>([
    ["Null false: the key is there", { Null: { [tag]: "false" } }, { [tag]: ["dev"] }, true],
    ["Null false: it is missing", { Null: { [tag]: "false" } }, {}, false],
    ["Null true: it is missing", { Null: { [tag]: "true" } }, {}, true],
    [
      "keys are taken without regard to case",
      { StringEquals: { [tag.toUpperCase()]: "dev" } },
      { [tag]: ["dev"] },
      true,
    ],
    ["one of several values", { StringEquals: { [tag]: ["dev", "prod"] } }, { [tag]: ["prod"] }, true],
    ["a value in another case", { StringEquals: { [tag]: "dev" } }, { [tag]: ["Dev"] }, false],
    ["a value in another case, ignored", { StringEqualsIgnoreCase: { [tag]: "dev" } }, { [tag]: ["Dev"] }, true],
    ["a key that is missing", { StringEquals: { [tag]: "dev" } }, {}, false],
    ["a key that is missing and need not be there", { StringEqualsIfExists: { [tag]: "dev" } }, {}, true],
    ["a negation of a missing key", { StringNotEquals: { [tag]: "dev" } }, {}, true],
    ["a negation of one of the values", { StringNotLike: { [tag]: ["d*", "x"] } }, { [tag]: ["dev"] }, false],
    ["a pattern", { StringLike: { [tag]: "d?v" } }, { [tag]: ["dev"] }, true],
    ["a number", { NumericLessThanEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": ["10"] }, true],
    ["a boolean", { Bool: { "aws:SecureTransport": true } }, { "aws:SecureTransport": ["true"] }, true],
    ["an address", { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, { "aws:SourceIp": ["10.1.2.3"] }, true],
    ["an address outside", { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, { "aws:SourceIp": ["10.1.2.3"] }, false],
    [
      "an ARN, part by part",
      { ArnLike: { "ec2:Vpc": "arn:aws:ec2:*:*:vpc/*" } },
      { "ec2:Vpc": ["arn:aws:ec2:eu-west-1:1:vpc/vpc-1"] },
      true,
    ],
    [
      "all values of a set",
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } },
      { "aws:TagKeys": ["a"] },
      true,
    ],
    ["not all values", { "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] } }, { "aws:TagKeys": ["a", "c"] }, false],
    ["all values of none", { "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] } }, {}, true],
    ["any value", { "ForAnyValue:StringEquals": { "aws:TagKeys": ["a"] } }, { "aws:TagKeys": ["a", "c"] }, true],
    ["any value of none", { "ForAnyValue:StringEquals": { "aws:TagKeys": ["a"] } }, {}, false],
    [
      "a variable",
      { StringEquals: { [tag]: "$" + "{aws:PrincipalTag/eks-cluster-name}" } },
      { [tag]: ["dev"], "aws:PrincipalTag/eks-cluster-name": ["dev"] },
      true,
    ],
    [
      "two operators have to hold both",
      { Null: { [tag]: "false" }, StringEquals: { "ec2:CreateAction": "CreateVpc" } },
      { [tag]: ["dev"], "ec2:CreateAction": ["CreateSecurityGroup"] },
      false,
    ],
  ])("%s", (_, condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
  });

  it("with an operator that IAM does not have is an error, not a silence", () => {
    expect(() => holds({ StringMatches: { [tag]: "dev" } }, {})).toThrow("none of IAM's");
  });
});
