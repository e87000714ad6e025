import { type Check, type Finding, stops, warns } from "../check";

export const dnsZones: Check = {
  name: "DNS zones",
  asksAws: true,
  look: async ({ environment: { dns } }, facts) => {
    const findings: Finding[] = [];
    for (const [domain, zone] of Object.entries(dns.zones)) {
      const servers = zone.kind === "existing" ? await facts.hostedZone(zone.zoneId) : undefined;
      if (zone.kind === "existing" && servers === undefined) {
        findings.push(
          stops(
            `dns.zones["${domain}"]: Route 53 has no zone ${zone.zoneId} here`,
            'mend zoneId, or write kind: "create"',
          ),
        );
        continue;
      }
      // The name servers of a zone that is not made yet are known to nobody.
      if (servers === undefined) continue;
      const leads = await facts.delegation(domain);
      if (leads.some((name) => servers.includes(name))) continue;
      findings.push(
        warns(
          leads.length === 0
            ? `nobody finds ${domain}: no name server is known for it`
            : `${domain} leads to ${leads.join(", ")}, not to its zone`,
          `have the registrar, or the zone above, delegate it to ${servers.join(", ")}`,
        ),
      );
    }
    return findings;
  },
};
