import { describe, expect, it } from "vitest";
import { faults } from "./policy-grammar";

const statement = {
  Sid: "ReadsZones",
  Effect: "Allow",
  Action: ["route53:ListHostedZones"],
  Resource: "*",
  Condition: { "ForAllValues:StringEqualsIfExists": { "aws:RequestTag/team": ["shop"] } },
};
const identity = (fields: object, ...more: readonly object[]) => ({
  Version: "2012-10-17",
  Statement: [{ ...statement, ...fields }, ...more],
});
const trust = (fields: object) => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "pods.eks.amazonaws.com" }, ...fields },
  ],
});

describe("the grammar of policies", () => {
  it("accepts what IAM accepts", () => {
    expect(faults("identity", identity({}))).toEqual([]);
    expect(faults("trust", trust({}))).toEqual([]);
    expect(faults("trust", trust({ Action: ["sts:AssumeRole", "sts:TagSession"] }))).toEqual([]);
  });

  it.each([
    ["another version", { ...identity({}), Version: "2012-10-18" }],
    ["no statement", { Version: "2012-10-17", Statement: [] }],
    ["a misspelt element", identity({ Resources: "*" })],
    ["an element of a trust policy", identity({ Principal: "*" })],
    ["an effect of another kind", identity({ Effect: "allow" })],
    ["an empty list of actions", identity({ Action: [] })],
    ["an action without its service", identity({ Action: "ListHostedZones" })],
    ["a resource that is no ARN", identity({ Resource: "zone/Z1" })],
    ["a resource with an empty ARN", identity({ Resource: ["arn:aws:s3"] })],
    ["an operator that there is not", identity({ Condition: { StringMatches: { "aws:SourceAccount": "1" } } })],
    [
      "a condition on the absence of a test for absence",
      identity({ Condition: { NullIfExists: { "aws:x": "true" } } }),
    ],
    ["a condition key without its service", identity({ Condition: { Bool: { SecureTransport: "true" } } })],
    ["a Sid with other characters", identity({ Sid: "reads-zones" })],
    ["one Sid twice", identity({}, statement)],
  ])("refuses %s", (_name, document) => {
    expect(faults("identity", document)).not.toEqual([]);
  });

  it.each([
    ["a resource", trust({ Resource: "*" })],
    ["nobody", trust({ Principal: {} })],
    ["a principal of another kind", trust({ Principal: { Role: "arn:aws:iam::123456789012:role/a" } })],
    ["a service that is none", trust({ Principal: { Service: "eks" } })],
    ["an action that takes on no role", trust({ Action: "s3:GetObject" })],
  ])("refuses a trust policy with %s", (_name, document) => {
    expect(faults("trust", document)).not.toEqual([]);
  });
});
