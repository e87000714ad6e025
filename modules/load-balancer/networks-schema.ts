import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";

export const prefixLists = described(
  "Managed prefix lists of networks that may connect, beside `inboundCidrs`. Each counts for all its entries in the quota of a " +
    "security group's rules. Default: none.",
  z
    .array(
      z
        .string()
        .regex(/^pl-[0-9a-f]{8,17}$/, "a prefix list looks like pl-0123456789abcdef0")
        .register(examples, { example: "pl-0123456789abcdef0" }),
    )
    .default([]),
);
