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
    among: described(
      "How the host is shared with environments that have a record of it too, of the same kind and in the same zone: two " +
        "clusters behind one name. Default: it is this environment's alone.",
      z
        .discriminatedUnion("kind", [
          described(
            "Each environment is answered by its weight among all; 0 answers with it nowhere, unless all have 0.",
            z.strictObject({
              kind: z.literal("weighted"),
              weight: described("Weight, 0 to 255.", z.number().int().min(0).max(255)),
            }),
          ),
          described(
            "The primary answers while its load balancer has healthy targets, the secondary otherwise.",
            z.strictObject({
              kind: z.literal("failover"),
              role: described("Which of the two this environment is.", z.enum(["primary", "secondary"])),
            }),
          ),
        ])
        .optional(),
    ),
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
