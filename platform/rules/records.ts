import { liesIn, type RecordChoice } from "../../modules/dns/record";
import { clashes } from "../../modules/schema/clashes";
import { meant } from "../../modules/schema/meant";
import { formatPath, formatValue, type Problem } from "../../modules/schema/problem";
import { allOf } from "../../modules/schema/suggest";
import type { Environment } from "../environment";
import { routesWithFacts } from "../route";

/** A route whose host gets a record. */
interface Recorded {
  readonly path: readonly PropertyKey[];
  readonly dns: Exclude<RecordChoice, { readonly kind: "none" }>;
  readonly host: string;
  readonly entrance: string;
}

function recorded(environment: Environment): readonly Recorded[] {
  return routesWithFacts(environment).flatMap(({ path, route, facts: { host, entrance } }) =>
    !("dns" in route) || route.dns.kind === "none" || host === undefined
      ? []
      : [{ path, dns: route.dns, host, entrance }],
  );
}

/** Domains that ExternalDNS may make records in. */
function externalDomains({ controllers, dns }: Environment): readonly string[] {
  return controllers.externalDns?.domains ?? Object.keys(dns.zones);
}

export function recordsHaveAHost(environment: Environment): readonly Problem[] {
  return recorded(environment)
    .filter(({ host }) => host === "*")
    .map(({ path, dns }) => ({
      path: formatPath([...path, "dns"]),
      value: dns,
      rule: "the route is for every host, and a record is of one name",
      remedy: "write the `host`, or take `dns` out",
    }));
}

export function recordsLieInTheirZone(environment: Environment): readonly Problem[] {
  const zones = Object.keys(environment.dns.zones);
  return recorded(environment).flatMap(({ path, dns, host }) => {
    if (dns.kind !== "route53") return [];
    if (!zones.includes(dns.zone)) {
      return [
        {
          path: formatPath([...path, "dns", "zone"]),
          value: dns.zone,
          rule: "it is none of the zones in `dns.zones`",
          remedy: meant(dns.zone, zones, `add \`${formatValue(dns.zone)}: { kind: "create" }\` to \`dns.zones\``),
        },
      ];
    }
    if (host === "*" || liesIn(host, dns.zone)) return [];
    const right = zones.find((zone) => liesIn(host, zone));
    return [
      {
        path: formatPath([...path, "dns", "zone"]),
        value: dns.zone,
        rule: `the host ${host} does not lie in this zone, and nobody would ask the zone for it`,
        remedy: right === undefined ? "write a host in this zone" : `write \`zone: ${formatValue(right)}\``,
      },
    ];
  });
}

export function recordsHaveExternalDns(environment: Environment): readonly Problem[] {
  const domains = externalDomains(environment);
  return recorded(environment).flatMap(({ path, dns, host }) => {
    if (dns.kind !== "external-dns") return [];
    if (environment.controllers.externalDns === undefined) {
      return [
        {
          path: formatPath([...path, "dns", "kind"]),
          value: dns.kind,
          rule: "`controllers.externalDns` makes such a record, and it is not enabled",
          remedy: "add `externalDns: {}` to `controllers`",
        },
      ];
    }
    if (host === "*" || domains.some((domain) => liesIn(host, domain))) return [];
    return [
      {
        path: formatPath([...path, "dns", "kind"]),
        value: dns.kind,
        rule: `the host ${host} lies in none of the domains that ExternalDNS may make records in${domains.length === 0 ? "" : `: ${allOf(domains)}`}`,
        remedy: "write a host in one of them, or add its zone to `dns.zones`",
      },
    ];
  });
}

/** Of two load balancers for one host, or of two who make its record, one wins, and which is undefined. */
export function recordsOfAHostAgree(environment: Environment): readonly Problem[] {
  return clashes(
    recorded(environment),
    ({ host }) => (host === "*" ? undefined : host),
    ({ path, dns, host, entrance }, leader) => {
      const here = { path: formatPath([...path, "dns"]), value: dns };
      const there = `\`${formatPath(leader.path)}\` has a record for the host ${host} too`;
      if (entrance !== leader.entrance) {
        return {
          ...here,
          rule: `${there}, and leads to another load balancer`,
          remedy: "take `dns` out of one of the two, or give one another host",
        };
      }
      if (formatValue(dns) === formatValue(leader.dns)) return undefined;
      return {
        ...here,
        rule: `${there}, made by somebody else`,
        remedy: `write \`dns: ${formatValue(leader.dns)}\`, or take it out: one record serves both`,
      };
    },
  );
}

export function externalDnsHasZones({ controllers, dns }: Environment): readonly Problem[] {
  const { externalDns } = controllers;
  if (externalDns === undefined) return [];
  const zones = Object.keys(dns.zones);
  if (zones.length === 0) {
    return [
      {
        path: "controllers.externalDns",
        value: externalDns,
        rule: "it may change the records of the zones in `dns.zones` alone, and there is none",
        remedy: 'add a zone, such as `dns: { zones: { "example.com": { kind: "create" } } }`',
      },
    ];
  }
  return (externalDns.domains ?? []).flatMap((domain, index) =>
    zones.includes(domain)
      ? []
      : [
          {
            path: formatPath(["controllers", "externalDns", "domains", index]),
            value: domain,
            rule: "it is none of the zones in `dns.zones`, so its records are out of reach",
            remedy: meant(domain, zones, `write some of ${allOf(zones)}`),
          },
        ],
  );
}
