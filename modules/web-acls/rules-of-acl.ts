import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import type { WebAclOptions } from "./schema";

const seen = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});

/** A statement, in Terraform's own words, since its bindings know no deeper ones; or what is left of all requests without it. */
function only(kind: "block" | "allow-only", statement: object): object {
  return kind === "block" ? statement : { not_statement: { statement: [statement] } };
}

/**
 * Rules of a web ACL in the order they are asked: who may not call at all, then how often, then what.
 *
 * @param ipSetArn set of the networks, where there is a rule on them.
 */
export function rulesOfAcl(options: WebAclOptions, ipSetArn: string | undefined): Wafv2WebAclRule[] {
  const { mode, networks, countries, requestsPerFiveMinutes, managedRules } = options;
  const found = mode === "count" ? { count: {} } : { block: {} };
  const rules: readonly Omit<Wafv2WebAclRule, "priority" | "visibilityConfig">[] = [
    ...(networks === undefined || ipSetArn === undefined
      ? []
      : [
          {
            name: "networks",
            action: { block: {} },
            statement: only(networks.kind, { ip_set_reference_statement: { arn: ipSetArn } }),
          },
        ]),
    ...(countries === undefined
      ? []
      : [
          {
            name: "countries",
            action: { block: {} },
            statement: only(countries.kind, { geo_match_statement: { country_codes: countries.codes } }),
          },
        ]),
    ...(requestsPerFiveMinutes === undefined
      ? []
      : [
          {
            name: "rate",
            action: found,
            statement: { rate_based_statement: { limit: requestsPerFiveMinutes, aggregate_key_type: "IP" } },
          },
        ]),
    ...managedRules.map((name) => ({
      name,
      // The rules of a group have actions of their own; the override is of them all.
      overrideAction: mode === "count" ? { count: {} } : { none: {} },
      statement: { managed_rule_group_statement: { vendor_name: "AWS", name } },
    })),
  ];
  return rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: seen(rule.name) }));
}
