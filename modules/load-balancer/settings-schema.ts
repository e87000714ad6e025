import { z } from "zod";
import { described } from "../schema/descriptions";
import { reason } from "../schema/primitives";

export const loadBalancersSchema = described(
  "What holds for every load balancer of the environment.",
  z.strictObject({
    accessLogs: described(
      "A line for each request of an ALB, each TLS connection of an ALB and each connection that an NLB terminates TLS of, in a " +
        "bucket made here.",
      z
        .discriminatedUnion("kind", [
          described("No logs.", z.strictObject({ kind: z.literal("off") })),
          described(
            "Logs, in a bucket that nobody reaches in public and that load balancers of this account alone write to.",
            z.strictObject({
              kind: z.literal("on"),
              retentionDays: described("How long they are kept, in days.", z.number().int().min(1).default(90)),
              atDestroy: described(
                "What becomes of logs when the environment is destroyed: they stop it, or they go with it.",
                z
                  .discriminatedUnion("kind", [
                    z.strictObject({ kind: z.literal("stop-destroy") }),
                    z.strictObject({ kind: z.literal("delete"), reason }),
                  ])
                  .prefault({ kind: "stop-destroy" }),
              ),
            }),
          ),
        ])
        .prefault({ kind: "off" }),
    ),
    shieldAdvanced: described(
      "Whether AWS Shield Advanced protects every ALB that routes, gateways and meshes have. The account has to subscribe to it " +
        "before, for a year and at a price of its own; without a subscription the controller says so and protects nothing.",
      z.boolean().default(false),
    ),
    deletionProtection: described(
      "Whether AWS refuses to delete a load balancer. To take one away, apply with `false` first: its controller would try in " +
        "vain, and the object that it is made from would stay.",
      z.boolean().default(false),
    ),
  }),
);

export type LoadBalancersOptions = z.output<typeof loadBalancersSchema>;
