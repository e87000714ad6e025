import { parseArn } from "../../../modules/schema/arn";
import { formatPath } from "../../../modules/schema/problem";
import { arnsOf } from "../../../platform/rules/aws";
import { type Check, type Finding, stops } from "../check";

export const webAcls: Check = {
  name: "web ACLs",
  asksAws: true,
  look: async ({ environment }, facts) => {
    const findings: Finding[] = [];
    for (const { path, text } of arnsOf(environment)) {
      if (parseArn(text).service !== "wafv2" || (await facts.webAclExists(text))) continue;
      findings.push(
        stops(`${formatPath(path)}: there is no web ACL ${text}`, "make it first, or name one that exists"),
      );
    }
    return findings;
  },
};
