import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { cidr, dnsLabel, reason, retentionDays } from "../schema/primitives";

/** Rule groups of AWS that cost nothing beside the web ACL. Source: AWS WAF developer guide, "AWS Managed Rules rule groups list". */
export const managedRuleGroups = [
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesAdminProtectionRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesSQLiRuleSet",
  "AWSManagedRulesLinuxRuleSet",
  "AWSManagedRulesUnixRuleSet",
  "AWSManagedRulesWindowsRuleSet",
  "AWSManagedRulesPHPRuleSet",
  "AWSManagedRulesWordPressRuleSet",
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesAnonymousIpList",
] as const;

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, "a country is two capital letters, as ISO 3166 has them")
  .register(examples, { example: "DE" });

const webAcl = z.strictObject({
  mode: described(
    "What becomes of a request that a rule finds: `count` lets it through and counts it, as one begins; `block` answers 403. " +
      "Rules on networks and countries block in either.",
    z.enum(["count", "block"]).default("count"),
  ),
  managedRules: described(
    "Rule groups of AWS, in this order.",
    z
      .array(z.enum(managedRuleGroups))
      .default([
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
      ]),
  ),
  requestsPerFiveMinutes: described(
    "Requests of one address in five minutes beyond which a rule finds it, 10 or more. Default: no limit.",
    z.number().int().min(10).max(2_000_000_000).optional(),
  ),
  networks: described(
    "Networks that are blocked, or that alone may call. Default: no rule on networks.",
    z
      .strictObject({
        kind: described("`block` refuses them, `allow-only` refuses all others.", z.enum(["block", "allow-only"])),
        cidrs: described("The networks.", z.array(cidr).min(1).max(10_000)),
      })
      .optional(),
  ),
  countries: described(
    "Countries that are blocked, or that alone may call, by where an address is registered. Default: no rule on countries.",
    z
      .strictObject({
        kind: described("`block` refuses them, `allow-only` refuses all others.", z.enum(["block", "allow-only"])),
        codes: described("The countries.", z.array(country).min(1).max(50)),
      })
      .optional(),
  ),
  logs: described(
    "Each request that a rule found, in CloudWatch Logs, without its `Authorization` and `Cookie`.",
    z
      .discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("on"),
          retentionDays: described("How long they are kept, in days.", retentionDays.default(90)),
        }),
        z.strictObject({ kind: z.literal("off"), reason }),
      ])
      .prefault({ kind: "on" }),
  ),
});

export const webAclsSchema = described(
  "Web ACLs of AWS WAF that are made here, by name; doors name them with `webAcl`. They are made in the identity stack, in the " +
    "region of the door or, for CloudFront, in us-east-1.",
  z.record(dnsLabel, webAcl).default({}),
);

export type WebAclOptions = z.output<typeof webAcl>;
export type WebAclsOptions = z.output<typeof webAclsSchema>;

/** One of `webAcls` in front of a door. */
export const webAclName = described("One of `webAcls`, by name, to put in front. Default: none.", dnsLabel);
