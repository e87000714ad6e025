import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";

/**
 * Ids of zones for text that is JSON, as policies and Helm values are: each a local of its own, because a reference by a
 * domain name has quotes, which would leave the text no JSON any more.
 */
export function localZoneIds(scope: Construct, zoneId: (domain: string) => string): (domain: string) => string {
  const zones = new Construct(scope, "zone");
  const made = new Map<string, string>();
  return (domain) => {
    const known = made.get(domain) ?? new TerraformLocal(zones, domain, zoneId(domain)).asString;
    made.set(domain, known);
    return known;
  };
}
