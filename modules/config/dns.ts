import { z } from "zod";
import { examples } from "./examples";
import { hostname } from "./primitives";

export const dnsSchema = z.strictObject({
  /** Route 53 public zones by domain name. Default: none. */
  zones: z
    .record(
      hostname,
      z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("create") }),
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
