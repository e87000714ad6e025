import { z } from "zod";
import { described } from "../schema/descriptions";
import { domainName } from "../schema/primitives";

const none = described("No record.", z.strictObject({ kind: z.literal("none") }));

const externalDns = described(
  "ExternalDNS makes the record once the load balancer has an address; needs `controllers.externalDns`.",
  z.strictObject({ kind: z.literal("external-dns") }),
);

const route53 = described(
  "Terraform makes an alias record and takes it away with the route.",
  z.strictObject({
    kind: z.literal("route53"),
    zone: described("Domain name of the zone in `dns.zones`.", domainName),
  }),
);

export const recordSchema = described(
  "Who makes the DNS record of a route's host, where Terraform knows the load balancer.",
  z.discriminatedUnion("kind", [none, externalDns, route53]).prefault({ kind: "none" }),
);

export const terraformRecordSchema = described(
  "Who makes the DNS record of a route's host, where ExternalDNS does not read the object that carries the route.",
  z.discriminatedUnion("kind", [none, route53]).prefault({ kind: "none" }),
);

export const clusterRecordSchema = described(
  "Who makes the DNS record of a route's host, where the cluster alone knows the load balancer.",
  z.discriminatedUnion("kind", [none, externalDns]).prefault({ kind: "none" }),
);

export type RecordChoice = z.output<typeof recordSchema>;

/** Annotation that makes ExternalDNS look at an object: ours looks at no other. */
export const externalDnsAnnotation = "external-dns.alpha.kubernetes.io/hostname";

/** Annotations of the object that carries a route. */
export function recordAnnotations(record: RecordChoice, host: string): Readonly<Record<string, string>> {
  return record.kind === "external-dns" ? { [externalDnsAnnotation]: host } : {};
}

/** Whether a host lies in a zone: the zone's own name, or below it. */
export function liesIn(host: string, zone: string): boolean {
  return host === zone || host.endsWith(`.${zone}`);
}
