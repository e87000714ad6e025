import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { cidr, reason } from "../schema/primitives";

const client = z.discriminatedUnion("kind", [
  described(
    "A network that reaches the VPC: of a VPN, of a peered VPC, of runners.",
    z.strictObject({ kind: z.literal("network"), cidr: described("Its IPv4 network.", cidr) }),
  ),
  described(
    "A security group of the VPC or of a peered one: of a bastion, of runners.",
    z.strictObject({
      kind: z.literal("security-group"),
      id: described(
        "Its id.",
        z
          .string()
          .regex(/^sg-[0-9a-f]+$/, "a security group looks like sg-0123456789abcdef0")
          .register(examples, { example: "sg-0123456789abcdef0" }),
      ),
    }),
  ),
  described(
    "A prefix list, such as the networks of an organization.",
    z.strictObject({
      kind: z.literal("prefix-list"),
      id: described(
        "Its id.",
        z
          .string()
          .regex(/^pl-[0-9a-f]+$/, "a prefix list looks like pl-0123456789abcdef0")
          .register(examples, { example: "pl-0123456789abcdef0" }),
      ),
    }),
  ),
]);

const clients = described(
  "Who may call the private endpoint from outside the cluster, each by a rule for port 443 on the cluster's security " +
    "group. EKS's own rules admit that group alone, so without a client nobody else does, Terraform included.",
  z
    .array(client)
    .refine((all) => new Set(all.map((one) => JSON.stringify(one))).size === all.length, {
      error: "a client is in the list once",
      params: { remedy: "keep one of the two" },
    })
    .default([]),
);

/** Who can reach the API server. */
export const endpoint = z.discriminatedUnion("kind", [
  described(
    "From inside the VPC alone.",
    z.strictObject({
      kind: z.literal("private"),
      clients,
      reachedFrom: described(
        "Where Terraform runs if no client is named: `inside`, on the cluster's own nodes or with its security group. " +
          "Default: not stated, and a cluster with pods is then refused.",
        z.strictObject({ kind: z.literal("inside"), reason }).optional(),
      ),
    }),
  ),
  described(
    "From the networks that are named too.",
    z.strictObject({
      kind: z.literal("public-and-private"),
      clients,
      cidrs: described(
        "Networks that may reach the public endpoint; never the whole internet.",
        z
          .array(cidr)
          .min(1, "a public endpoint needs the networks that may reach it")
          .register(examples, { example: ["203.0.113.0/24"] }),
      ),
    }),
  ),
]);
