import { z } from "zod";
import { examples } from "../schema/examples";
import { hostname, reason } from "../schema/primitives";

export const dnsSchema = z.strictObject({
  /** Route 53 public zones by domain name. Default: none. */
  zones: z
    .record(
      hostname,
      z.discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("create"),
          /**
           * What becomes of records that Terraform did not make, by ExternalDNS or by hand, when the zone is destroyed:
           * they stop it, or they go with it, which suits an environment that comes and goes. Default: they stop it.
           */
          foreignRecords: z
            .discriminatedUnion("kind", [
              z.strictObject({ kind: z.literal("stop-destroy") }),
              z.strictObject({ kind: z.literal("delete"), reason }),
            ])
            .prefault({ kind: "stop-destroy" }),
        }),
        z.strictObject({
          kind: z.literal("existing"),
          zoneId: z
            .string()
            .regex(/^Z[A-Z0-9]+$/, "a zone id looks like Z0123456789ABCDEFGHIJ")
            .register(examples, { example: "Z0123456789ABCDEFGHIJ" }),
        }),
      ]),
    )
    .default({}),
});

export type DnsOptions = z.output<typeof dnsSchema>;
