import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { changeDescriptions, keepDescriptions, withDescriptions } from "../../src/aws/ec2/rule-descriptions";
import type { Answer, Call } from "../../src/aws/exchange";
import { Store } from "../../src/aws/store";
import { temporaryFolder } from "../fixtures";

const answer = (xml: string): Answer => ({ status: 200, headers: {}, body: Buffer.from(xml) });
const text = ({ body }: Answer) => body.toString("utf8");

const rules = answer(
  "<securityGroupRuleSet>" +
    "<item><securityGroupRuleId>sgr-1</securityGroupRuleId><referencedGroupInfo><groupId>sg-doors</groupId>" +
    "</referencedGroupInfo></item>" +
    "<item><securityGroupRuleId>sgr-2</securityGroupRuleId><prefixListId>pl-lattice</prefixListId></item>" +
    "<item><securityGroupRuleId>sgr-3</securityGroupRuleId><description>moto's</description></item>" +
    "</securityGroupRuleSet>",
);

function call(parameters: Record<string, unknown>): Call {
  return {
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(""),
    scope: { accessKeyId: "A", region: "eu-west-1", service: "ec2" },
    model: { service: "ec2", operation: "", protocol: "ec2", code: "", parameters, violations: [] },
  };
}

const permissions = call({
  IpPermissions: [
    {
      UserIdGroupPairs: [{ GroupId: "sg-doors", Description: "From the doors & <nothing> else" }],
      PrefixListIds: [{ PrefixListId: "pl-lattice", Description: "From Lattice" }],
    },
  ],
});

describe("the description of a security group's rule", () => {
  it("is kept for rules about a group or a prefix list, and moto's own is left alone", () => {
    const store = Store.open(join(temporaryFolder(), "front.json"), 1);
    keepDescriptions(store, permissions, rules);
    const described = text(withDescriptions(store, rules));
    expect(described).toContain(
      "<item><description>From the doors &amp; &lt;nothing&gt; else</description><securityGroupRuleId>sgr-1",
    );
    expect(described).toContain("<item><description>From Lattice</description><securityGroupRuleId>sgr-2");
    expect(described.match(/<description>/g)).toHaveLength(3);
  });

  it("changes when the rule is modified", () => {
    const store = Store.open(join(temporaryFolder(), "front.json"), 1);
    keepDescriptions(store, permissions, rules);
    const changed = [{ SecurityGroupRuleId: "sgr-1", SecurityGroupRule: { Description: "From one door" } }];
    changeDescriptions(store, call({ SecurityGroupRules: changed }), answer(""));
    expect(text(withDescriptions(store, rules))).toContain("<description>From one door</description>");
  });

  it("is not kept of a rule that was refused", () => {
    const store = Store.open(join(temporaryFolder(), "front.json"), 1);
    keepDescriptions(store, permissions, { ...rules, status: 400 });
    expect(text(withDescriptions(store, rules)).match(/<description>/g)).toHaveLength(1);
  });
});
