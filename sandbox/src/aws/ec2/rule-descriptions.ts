import { z } from "zod";
import type { Answer, Call } from "../exchange";
import { completed, keep } from "../overlay";
import { withXml } from "../query-protocol";
import type { Store } from "../store";
import { elementText, escapeXml } from "../xml";

const description = z.string().optional();
const authorized = z.object({
  IpPermissions: z
    .array(
      z.object({
        UserIdGroupPairs: z.array(z.object({ GroupId: z.string().optional(), Description: description })).default([]),
        PrefixListIds: z.array(z.object({ PrefixListId: z.string().optional(), Description: description })).default([]),
      }),
    )
    .default([]),
});
const modified = z.object({
  SecurityGroupRules: z
    .array(z.object({ SecurityGroupRuleId: z.string(), SecurityGroupRule: z.object({ Description: description }) }))
    .default([]),
});

/** Each rule's part of an answer begins with this element. */
const ruleId = "<securityGroupRuleId>";

/** Keeps the descriptions of new rules for a group or prefix list; moto has those of rules for a network only. */
export function keepDescriptions(store: Store, call: Call, answer: Answer): Answer {
  const { IpPermissions } = authorized.parse(call.model?.parameters ?? {});
  const described = new Map<string, string | undefined>(
    IpPermissions.flatMap(({ UserIdGroupPairs, PrefixListIds }) => [
      ...UserIdGroupPairs.map(({ GroupId = "", Description }) => [GroupId, Description] as const),
      ...PrefixListIds.map(({ PrefixListId = "", Description }) => [PrefixListId, Description] as const),
    ]),
  );
  if (answer.status !== 200 || described.size === 0) {
    return answer;
  }
  for (const part of answer.body.toString("utf8").split(ruleId).slice(1)) {
    const referenced = elementText(part, "referencedGroupInfo") ?? "";
    const source = elementText(referenced, "groupId") ?? elementText(part, "prefixListId") ?? "";
    keepDescription(store, part.slice(0, part.indexOf("<")), described.get(source));
  }
  store.save();
  return withDescriptions(store, answer);
}

/** Keeps the descriptions that rules get later. */
export function changeDescriptions(store: Store, call: Call, answer: Answer): Answer {
  if (answer.status === 200) {
    const { SecurityGroupRules } = modified.parse(call.model?.parameters ?? {});
    for (const { SecurityGroupRuleId, SecurityGroupRule } of SecurityGroupRules) {
      keepDescription(store, SecurityGroupRuleId, SecurityGroupRule.Description);
    }
    store.save();
  }
  return answer;
}

/** The same answer, with the descriptions that are kept of the rules in it. */
export function withDescriptions(store: Store, answer: Answer): Answer {
  return withXml(answer, (xml) =>
    xml
      .split(new RegExp(`(?=${ruleId})`))
      .map((part) => (part.startsWith(ruleId) ? withDescription(store, part) : part))
      .join(""),
  );
}

function withDescription(store: Store, part: string): string {
  const id = elementText(part, "securityGroupRuleId") ?? "";
  const kept = completed(store.overlays, keyOf(id), {})["description"];
  return typeof kept === "string" && elementText(part, "description") === undefined
    ? `<description>${escapeXml(kept)}</description>${part}`
    : part;
}

function keepDescription(store: Store, id: string, text: string | undefined): void {
  if (text !== undefined) {
    keep(store.overlays, keyOf(id), { description: text });
  }
}

function keyOf(id: string): string {
  return `security-group-rule/${id}`;
}
