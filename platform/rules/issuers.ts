import { liesIn } from "../../modules/dns/record";
import type { NginxRoute } from "../../modules/routes/nginx/schema";
import { meant } from "../../modules/schema/meant";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { allOf } from "../../modules/schema/suggest";
import { routesOfKind } from "../../modules/workloads/routes";
import type { Environment } from "../environment";

type Issuers = NonNullable<Environment["controllers"]["certManager"]>["issuers"];

function issuersOf({ controllers }: Environment): Issuers {
  return controllers.certManager?.issuers ?? {};
}

/** Zones that an issuer makes records in are those of the environment. */
export function issuersHaveZones(environment: Environment): readonly Problem[] {
  const zones = Object.keys(environment.dns.zones);
  return Object.entries(issuersOf(environment)).flatMap(([name, issuer]): readonly Problem[] => {
    if (issuer.kind !== "acme") return [];
    const path = ["controllers", "certManager", "issuers", name];
    if (zones.length === 0) {
      return [
        {
          path: formatPath(path),
          value: issuer,
          rule: "it proves hosts by records in zones of `dns.zones`, and there is none",
          remedy: 'add a zone, such as `dns: { zones: { "example.com": { kind: "create" } } }`',
        },
      ];
    }
    return (issuer.domains ?? []).flatMap((domain, index) =>
      zones.includes(domain)
        ? []
        : [
            {
              path: formatPath([...path, "domains", index]),
              value: domain,
              rule: "it is none of the zones in `dns.zones`, so its records are out of reach",
              remedy: meant(domain, zones, `write some of ${allOf(zones)}`),
            },
          ],
    );
  });
}

/** A route's issuer is one that there is, and can prove the route's host. */
export function issuersOfRoutesFit(environment: Environment): readonly Problem[] {
  const issuers = issuersOf(environment);
  const known = Object.keys(issuers);
  const zones = Object.keys(environment.dns.zones);
  return routesOfKind<NginxRoute>(environment.workloads, "nginx").flatMap(({ path, route }): readonly Problem[] => {
    const name = route.tls?.issuer;
    if (name === undefined) return [];
    const at = { path: formatPath([...path, "tls", "issuer"]), value: name };
    const issuer = issuers[name];
    if (issuer === undefined) {
      return [
        {
          ...at,
          rule: "it is none of the issuers in `controllers.certManager.issuers`",
          remedy: meant(
            name,
            known,
            `add \`issuers: { ${JSON.stringify(name)}: { kind: "cluster-ca" } }\` to \`controllers.certManager\``,
          ),
        },
      ];
    }
    if (issuer.kind !== "acme" || route.host === "*") return [];
    const domains = issuer.domains ?? zones;
    return domains.some((domain) => liesIn(route.host.replace(/^\*\./, ""), domain))
      ? []
      : [
          {
            ...at,
            rule: `it proves hosts of ${allOf(domains)}, and ${route.host} lies in none of them`,
            remedy: "write a host in one of these, or add its zone",
          },
        ];
  });
}
