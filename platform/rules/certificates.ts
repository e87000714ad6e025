import { covers } from "../../modules/certificates/coverage";
import { meant } from "../../modules/schema/meant";
import { formatField, formatPath, formatValue, type Problem } from "../../modules/schema/problem";
import { allOf } from "../../modules/schema/suggest";
import { type Entrance, entrancesOf } from "../entrances";
import type { Environment } from "../environment";

/** Writes the certificate of some hosts, as one would add it to `certificates`. */
function certificateOf(name: string, hosts: readonly string[]): string {
  return formatField(name, { kind: "acm", hosts: hosts.length === 0 ? ["shop.example.com"] : [...new Set(hosts)] });
}

export function certificatesKnown(environment: Environment): readonly Problem[] {
  const known = Object.keys(environment.certificates);
  return entrancesOf(environment).flatMap(({ path, named, hosts }) =>
    named
      .filter(({ name }) => !known.includes(name))
      .map(({ field, name }) => ({
        path: formatPath([...path, ...field]),
        value: name,
        rule: "it is none of the certificates in `certificates`",
        remedy: meant(
          name,
          known,
          `add \`${certificateOf(
            name,
            hosts.map(({ host }) => host),
          )}\` to \`certificates\``,
        ),
      })),
  );
}

/** A browser refuses a certificate that is not of the host it called. Source: RFC 6125. */
export function certificatesCoverTheirHosts(environment: Environment): readonly Problem[] {
  return entrancesOf(environment).flatMap((entrance) => {
    const certificates = entrance.named.map(({ name }) => ({ name, options: environment.certificates[name] }));
    // What a certificate is of that was made elsewhere, nobody knows here.
    if (entrance.byArn || certificates.length === 0 || certificates.some(({ options }) => options === undefined))
      return [];
    const covered = certificates.flatMap(({ options }) => options?.hosts ?? []);
    const names = certificates.map(({ name }) => name);
    return entrance.hosts
      .filter(({ host }) => !covers(covered, host))
      .map(({ path, host }) => ({
        path: formatPath(path),
        value: host,
        rule: `callers of it are shown the certificate ${allOf(names)}, which is of ${allOf(covered)}, and refuse it`,
        remedy: `add ${formatValue(host)} to \`${formatPath(["certificates", names[0] ?? "", "hosts"])}\``,
      }));
  });
}

/** Source: CloudFront developer guide, "Requirements for using SSL/TLS certificates with CloudFront", certificate issuer. */
export function edgeCertificatesArePublic(environment: Environment): readonly Problem[] {
  return usesOf(environment).flatMap(({ entrance: { path, presented }, field, name }) => {
    if (presented !== "edge" || environment.certificates[name]?.kind !== "private-ca") return [];
    return [
      {
        path: formatPath([...path, ...field]),
        value: name,
        rule: "CloudFront presents it, which takes certificates of public authorities alone, and this one is of a private authority",
        remedy: 'name a certificate of kind "acm"',
      },
    ];
  });
}

function usesOf(environment: Environment) {
  return entrancesOf(environment).flatMap((entrance: Entrance) => entrance.named.map((use) => ({ entrance, ...use })));
}
