import { describe, expect, it } from "vitest";
import { readPolicy } from "../../../commands/permissions/policy-files";
import { allow, policyDocument } from "../../../modules/identity/policy";
import { managedPolicies, readingPart } from "../../../modules/workspaces/run-policies";

const recorded = readPolicy(process.cwd(), "dev-cluster") ?? policyDocument();

describe("what a plan may do", () => {
  it("is what the apply may, without any call that changes something or takes another role", () => {
    const policy = policyDocument(
      allow(["iam:GetRole", "iam:CreateRole", "iam:PassRole"], "arn:aws:iam::123456789012:role/shop"),
      allow(["apigateway:GET", "apigateway:PATCH", "sts:AssumeRole"], "*"),
      allow(["ec2:CreateVpc"], "*"),
    );
    expect(readingPart(policy).Statement).toEqual([
      allow(["iam:GetRole"], "arn:aws:iam::123456789012:role/shop"),
      allow(["apigateway:GET"], "*"),
    ]);
  });

  it("of a recorded policy has no verb that writes", () => {
    const left = readingPart(recorded).Statement.flatMap(({ Action }) => Action);
    expect(left.length).toBeGreaterThan(10);
    expect(left.filter((action) => /:(Create|Delete|Put|Update|Attach|Modify|Run|Tag|Pass)/.test(action))).toEqual([]);
  });
});

describe("a policy as managed policies", () => {
  const many = policyDocument(
    allow(
      Array.from({ length: 700 }, (_, index) => `ec2:Action${index}`),
      "*",
    ),
    allow(["iam:GetRole"], "*"),
  );

  it.each([
    ["a recorded one", recorded],
    ["one statement that is too long alone", many],
  ])("allows the same in parts that IAM takes: %s", (_, policy) => {
    const parts = managedPolicies(policy);
    for (const part of parts) expect(JSON.stringify(part).length).toBeLessThanOrEqual(6144);
    const actions = (document: typeof policy) => document.Statement.flatMap(({ Action }) => Action);
    expect(parts.flatMap(actions)).toEqual(actions(policy));
  });

  it("is none where nothing is allowed", () => {
    expect(managedPolicies(policyDocument())).toEqual([]);
  });
});
