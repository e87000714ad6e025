import { z } from "zod";
import { described } from "../modules/schema/descriptions";
import { examples } from "../modules/schema/examples";

export const environmentName = described(
  "The file's name without `.ts`; prefixes names in AWS. At most 20 characters.",
  z
    .string()
    .regex(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/, "a name has lower-case letters, digits and hyphens, at most 20")
    .register(examples, { example: "dev" }),
);
