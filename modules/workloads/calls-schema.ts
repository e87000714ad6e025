import { z } from "zod";
import { described } from "../schema/descriptions";
import { cidr, dnsLabel, port } from "../schema/primitives";

const ports = described("Ports that are called, by TCP.", z.array(port).min(1).default([443]));

export const callsSchema = described(
  'What the pods call, where `networkPolicies` is "from-routes": everything else is closed to them but DNS, and the APIs of AWS ' +
    "where the workload has a role. Default: nothing.",
  z
    .array(
      z.discriminatedUnion("kind", [
        described(
          "Pods of another workload, at its own port; they take the calls.",
          z.strictObject({
            kind: z.literal("workload"),
            workload: described("Name of the workload.", dnsLabel),
          }),
        ),
        described(
          "A network, of the VPC or beyond it.",
          z.strictObject({ kind: z.literal("network"), cidr: described("The network.", cidr), ports }),
        ),
        described(
          "What is on the internet, and nothing of private networks.",
          z.strictObject({ kind: z.literal("internet"), ports }),
        ),
      ]),
    )
    .default([]),
);

export type Call = z.output<typeof callsSchema>[number];
