import { describe, expect, it } from "vitest";
import { type AccessEntry, accessEntryOf, principalOf, usernameOf } from "../../src/kubernetes/access-entries";
import { accessPolicyGroups, namespaceMatches } from "../../src/kubernetes/access-policies";

const policyArn = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;

const entry = (principalArn: string, more: Partial<AccessEntry> = {}): AccessEntry => ({
  principalArn,
  groups: [],
  policies: [],
  ...more,
});

const caller = (arn: string) => ({ arn, account: "111122223333", userId: "AIDAEXAMPLE" });
const session = "arn:aws:sts::111122223333:assumed-role/deploy/ci";

describe("an access entry", () => {
  it.each([
    [session, "arn:aws:iam::111122223333:role/deploy"],
    [session, "arn:aws:iam::111122223333:role/teams/platform/deploy"],
    ["arn:aws:iam::111122223333:user/ops/ana", "arn:aws:iam::111122223333:user/ops/ana"],
    ["arn:aws-cn:sts::111122223333:assumed-role/deploy/ci", "arn:aws-cn:iam::111122223333:role/deploy"],
  ])("lets %s in as %s", (callerArn, principalArn) => {
    const wanted = entry(principalArn);
    const others = [entry("arn:aws:iam::999999999999:role/deploy"), entry("arn:aws:iam::111122223333:role/other")];
    expect(accessEntryOf(principalOf(callerArn), [...others, wanted])).toBe(wanted);
  });

  it.each([
    ["a role of the same name in another account", "arn:aws:iam::999999999999:role/deploy"],
    ["a user of the same name", "arn:aws:iam::111122223333:user/deploy"],
    ["a role whose name ends alike", "arn:aws:iam::111122223333:role/redeploy"],
  ])("is not that of %s", (_, principalArn) => {
    expect(accessEntryOf(principalOf(session), [entry(principalArn)])).toBeUndefined();
  });

  it("gives a role's session its own user name unless it says another", () => {
    const role = "arn:aws:iam::111122223333:role/deploy";
    expect(usernameOf(entry(role), caller(session))).toBe(session);
    expect(usernameOf(entry(role, { username: "deploy:{{SessionName}}" }), caller(session))).toBe("deploy:ci");
    expect(usernameOf(entry(role, { username: "robot" }), caller(session))).toBe("robot");
  });
});

describe("access policies", () => {
  it("give one group for each policy and scope", () => {
    const policies: AccessEntry["policies"] = [
      { policyArn: policyArn("AmazonEKSViewPolicy"), scope: { type: "cluster" } },
      { policyArn: policyArn("AmazonEKSEditPolicy"), scope: { type: "namespace", namespaces: ["shop", "dev-*"] } },
    ];
    expect(accessPolicyGroups(entry("arn:aws:iam::111122223333:role/deploy", { policies }))).toEqual([
      "eks:access-policy:AmazonEKSViewPolicy",
      "eks:access-policy:AmazonEKSEditPolicy:shop",
      "eks:access-policy:AmazonEKSEditPolicy:dev-*",
    ]);
  });

  it("are refused when the sandbox does not know what they grant", () => {
    const policies = [{ policyArn: policyArn("AmazonEKSHybridPolicy"), scope: { type: "cluster" as const } }];
    expect(() => accessPolicyGroups(entry("arn:aws:iam::111122223333:role/x", { policies }))).toThrow(
      /role\/x: policy .*AmazonEKSHybridPolicy.*Associate one of AmazonEKSAdminPolicy/,
    );
  });

  it.each([
    ["dev-*", "dev-shop", true],
    ["dev-*", "dev-", true],
    ["dev-*", "my-dev-shop", false],
    ["*-dev-*", "my-dev-shop", true],
    ["shop", "shop", true],
    ["shop", "shop-2", false],
    ["*", "anything", true],
    ["a.c", "abc", false],
  ])("with the namespace %s reach %s: %s", (pattern, namespace, reached) => {
    expect(namespaceMatches(pattern, namespace)).toBe(reached);
  });
});
