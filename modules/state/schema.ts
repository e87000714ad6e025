import { z } from "zod";
import { examples } from "../schema/examples";
import { arn, region } from "../schema/primitives";

/** Where Terraform keeps the state of the four stacks. The contract between stacks works alike on all three. */
export const stateSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("local"),
    /** Folder of the state files, relative to the folder of a synthesized stack. Default: `state/` in the project. */
    directory: z
      .string()
      .refine(
        (text) => !text.startsWith("/") && !/^[A-Za-z]:/.test(text),
        "the folder is relative to the stack's own, never absolute",
      )
      .register(examples, { example: "../../../state" })
      .default("../../../state"),
  }),
  z.strictObject({
    kind: z.literal("s3"),
    bucket: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        "a bucket name has 3 to 63 lower-case letters, digits, dots and hyphens",
      )
      .register(examples, { example: "example-terraform-state" }),
    /** Default: the region of the environment. */
    region: region.optional(),
    /** In front of `<environment>/<stack>.tfstate`. Default: nothing. */
    keyPrefix: z.string().default(""),
    /** Lock file beside the state, by conditional writes (Terraform 1.10 and newer). Default: true. */
    useLockfile: z.boolean().default(true),
    /** KMS key for the objects. Default: the bucket's own encryption. */
    kmsKeyArn: arn.optional(),
    /** Role to assume for the bucket alone. Default: none. */
    roleArn: arn.optional(),
  }),
  z.strictObject({
    kind: z.literal("cloud"),
    organization: z.string().min(1).register(examples, { example: "example" }),
    /** Default: `app.terraform.io`; another name for Terraform Enterprise. */
    hostname: z.string().min(1).default("app.terraform.io"),
    /** Project that new workspaces are put into. Default: the organization's default project. */
    project: z.string().min(1).optional(),
  }),
]);

export type StateOptions = z.output<typeof stateSchema>;
