import { parseArn } from "../schema/arn";
import { clashes } from "../schema/clashes";
import { formatPath, formatValue, type Problem } from "../schema/problem";
import type { Rule } from "../schema/rule";
import { allOf } from "../schema/suggest";
import { zoneOf } from "./certificates";
import type { CertificateOptions, CertificatesOptions } from "./schema";

/** What the rules of certificates read of an environment. */
export interface DeclaredCertificates {
  readonly aws: { readonly region: string; readonly partition: string; readonly accountId: string };
  readonly certificates: CertificatesOptions;
  readonly dns: { readonly zones: Readonly<Record<string, object>> };
}

function each(
  { certificates }: DeclaredCertificates,
  problems: (options: CertificateOptions, path: readonly PropertyKey[]) => readonly Problem[],
): readonly Problem[] {
  return Object.entries(certificates).flatMap(([name, options]) => problems(options, ["certificates", name]));
}

const certificateHostsUnique: Rule<DeclaredCertificates> = (environment) =>
  each(environment, ({ hosts }, path) =>
    clashes(
      hosts.map((host, index) => ({ host, index })),
      ({ host }) => host,
      ({ host, index }) => ({
        path: formatPath([...path, "hosts", index]),
        value: host,
        rule: "the certificate has this host already",
        remedy: "take it out",
      }),
    ),
  );

const certificateHostsHaveZones: Rule<DeclaredCertificates> = (environment) => {
  const domains = Object.keys(environment.dns.zones);
  return each(environment, (options, path) => {
    if (options.kind !== "acm" || options.validation.kind !== "route53") return [];
    return options.hosts.flatMap((host, index) =>
      zoneOf(host, domains) !== undefined
        ? []
        : [
            {
              path: formatPath([...path, "hosts", index]),
              value: host,
              rule: `ACM asks for a record of it, and it lies in none of the zones in \`dns.zones\`${domains.length === 0 ? "" : `: ${allOf(domains)}`}`,
              remedy:
                'add its zone to `dns.zones`, or write `validation: { kind: "elsewhere" }` and make the record that the output `certificate_validation_records` names',
            },
          ],
    );
  });
};

const authoritiesFit: Rule<DeclaredCertificates> = (environment) => {
  const { region, partition, accountId } = environment.aws;
  return each(environment, (options, path) => {
    if (options.kind !== "private-ca") return [];
    const { service, region: actual, resource } = parseArn(options.authorityArn);
    const at = { path: formatPath([...path, "authorityArn"]), value: options.authorityArn };
    if (service !== "acm-pca" || !resource.startsWith("certificate-authority/")) {
      return [
        {
          ...at,
          rule: "it is no authority of AWS Private CA",
          remedy: `write an ARN such as ${formatValue(`arn:${partition}:acm-pca:${region}:${accountId}:certificate-authority/<id>`)}`,
        },
      ];
    }
    if (actual === region) return [];
    return [
      {
        ...at,
        rule: `the authority is of ${actual}, and ACM asks those of its own region alone, which is ${region}`,
        remedy: `name an authority of ${region}`,
      },
    ];
  });
};

/** Rules of certificates over themselves. */
export const certificateRules: readonly Rule<DeclaredCertificates>[] = [
  certificateHostsUnique,
  certificateHostsHaveZones,
  authoritiesFit,
];
