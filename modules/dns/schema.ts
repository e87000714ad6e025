import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { domainName, reason } from "../schema/primitives";

export const dnsSchema = described(
  "DNS zones.",
  z.strictObject({
    zones: described(
      "Route 53 public zones by domain name.",
      z
        .record(
          domainName,
          z.discriminatedUnion("kind", [
            described(
              "A zone made here.",
              z.strictObject({
                kind: z.literal("create"),
                foreignRecords: described(
                  "What becomes of records that Terraform did not make, by ExternalDNS or by hand, when the zone is " +
                    "destroyed: they stop it, or they go with it, which suits an environment that comes and goes.",
                  z
                    .discriminatedUnion("kind", [
                      z.strictObject({ kind: z.literal("stop-destroy") }),
                      z.strictObject({ kind: z.literal("delete"), reason }),
                    ])
                    .prefault({ kind: "stop-destroy" }),
                ),
              }),
            ),
            described(
              "A zone made elsewhere.",
              z.strictObject({
                kind: z.literal("existing"),
                zoneId: described(
                  "Id of the hosted zone.",
                  z
                    .string()
                    .regex(/^Z[A-Z0-9]+$/, "a zone id looks like Z0123456789ABCDEFGHIJ")
                    .register(examples, { example: "Z0123456789ABCDEFGHIJ" }),
                ),
              }),
            ),
          ]),
        )
        .default({}),
    ),
  }),
);

export type DnsOptions = z.output<typeof dnsSchema>;
