import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { kmsKeyArn, region, roleArn } from "../schema/primitives";
import { cloudStateSchema } from "./cloud-schema";

export const stateSchema = described(
  "Where Terraform keeps the state of the four stacks. The contract between stacks works alike on all three.",
  z.discriminatedUnion("kind", [
    described(
      "Files on this machine.",
      z.strictObject({
        kind: z.literal("local"),
        directory: described(
          "Folder of the state files, relative to the folder of a synthesized stack. The default is `state/` in the project.",
          z
            .string()
            .refine(
              (text) => !text.startsWith("/") && !/^[A-Za-z]:/.test(text),
              "the folder is relative to the stack's own, never absolute",
            )
            .register(examples, { example: "../../../state" })
            .default("../../../state"),
        ),
      }),
    ),
    described(
      "Objects in an S3 bucket, one a stack.",
      z.strictObject({
        kind: z.literal("s3"),
        bucket: described(
          "Name of the bucket. `foundry init state` makes it; Terraform does not.",
          z
            .string()
            .regex(
              /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
              "a bucket name has 3 to 63 lower-case letters, digits, dots and hyphens",
            )
            .register(examples, { example: "example-terraform-state" }),
        ),
        region: described("Region of the bucket. Default: that of the environment.", region.optional()),
        keyPrefix: described(
          "Prefix of the key, in front of `<environment>/<stack>.tfstate`.",
          z
            .string()
            .regex(
              /^[A-Za-z0-9!_.*'()/-]{0,900}$/,
              "a prefix of keys has letters, digits and ! _ . * ' ( ) / -, at most 900",
            )
            .register(examples, { example: "platform/" })
            .default(""),
        ),
        useLockfile: described(
          "Lock file beside the state, by conditional writes (Terraform 1.10 and newer).",
          z.boolean().default(true),
        ),
        kmsKeyArn: described("KMS key for the objects. Default: the bucket's own encryption.", kmsKeyArn.optional()),
        roleArn: described("Role to assume for the bucket alone. Default: none.", roleArn.optional()),
      }),
    ),
    cloudStateSchema,
  ]),
);

export type StateOptions = z.output<typeof stateSchema>;
