import { z } from "zod";
import { hostname } from "../schema/primitives";

const none = z.strictObject({ kind: z.literal("none") });

/** ExternalDNS makes the record once the load balancer has an address; needs `controllers.externalDns`. */
const externalDns = z.strictObject({ kind: z.literal("external-dns") });

/** Terraform makes an alias record and takes it away with the route. */
const route53 = z.strictObject({
  kind: z.literal("route53"),
  /** Domain name of the zone in `dns.zones`. */
  zone: hostname,
});

/** Who makes the DNS record of a route's host, where Terraform knows the load balancer. Default: nobody. */
export const recordSchema = z.discriminatedUnion("kind", [none, externalDns, route53]).prefault({ kind: "none" });

/** The same where the load balancer's object is not one of the cluster's that ExternalDNS reads. */
export const terraformRecordSchema = z.discriminatedUnion("kind", [none, route53]).prefault({ kind: "none" });

/** The same where the cluster alone knows the load balancer. */
export const clusterRecordSchema = z.discriminatedUnion("kind", [none, externalDns]).prefault({ kind: "none" });

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
