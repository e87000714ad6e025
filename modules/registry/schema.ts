import { z } from "zod";
import { examples } from "../schema/examples";
import { arn, principalArn, reason } from "../schema/primitives";

const repository = z.strictObject({
  /** Whether a tag, once pushed, can be pushed again. Default: immutable. */
  tags: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("immutable") }),
      z.strictObject({ kind: z.literal("mutable"), reason }),
    ])
    .prefault({ kind: "immutable" }),
  /** Looks for known vulnerabilities in every image pushed. Default: true. */
  scanOnPush: z.boolean().default(true),
  /** Default: AES-256 by Amazon ECR. Cannot change later. */
  encryption: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("aes-256") }),
      /** Default of `keyArn`: the account's key for ECR. */
      z.strictObject({ kind: z.literal("kms"), keyArn: arn.optional() }),
    ])
    .prefault({ kind: "aes-256" }),
  /** What the lifecycle rules leave. */
  keep: z
    .strictObject({
      /** Newest tagged images. Default: 50. */
      taggedImages: z.number().int().min(1).max(1000).default(50),
      /** Days from its push that an untagged image stays. Default: 14. */
      untaggedDays: z.number().int().min(1).max(365).default(14),
    })
    .prefault({}),
  /**
   * What becomes of the images when the repository is deleted. `keep`: a destroy stops while there are some, as ECR
   * refuses it. `delete-with-repository`: they go with it. Default: keep.
   */
  images: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("keep") }),
      z.strictObject({ kind: z.literal("delete-with-repository"), reason }),
    ])
    .prefault({ kind: "keep" }),
  /**
   * Principals of any account that may pull. The nodes of this account need none. To sign in, a principal also needs
   * `ecr:GetAuthorizationToken`, which only a policy of its own can grant. Default: none.
   */
  pull: z.array(principalArn).default([]),
  /** Principals that may push, and so also pull. The same goes for their sign-in. Default: none. */
  push: z.array(principalArn).default([]),
});

/** Terraform addresses know no dot, so it becomes `_` there. */
function addressesDiffer(repositories: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(repositories);
  return new Set(names.map((name) => name.replaceAll(".", "_"))).size === names.length;
}

export const registrySchema = z.strictObject({
  /** ECR repositories by name. Default: none. */
  repositories: z
    .record(
      z
        .string()
        .regex(
          /^[a-z0-9]+([._/-][a-z0-9]+)*$/,
          "a repository name has lower-case letters and digits, with single . _ / - between them",
        )
        .min(2)
        .max(256)
        .register(examples, { example: "shop" }),
      repository,
    )
    .refine(addressesDiffer, {
      error: "two repository names that differ only in . and _ would share a Terraform address",
      params: { remedy: "rename one of them" },
    })
    .default({}),
});

/** Options of one repository, with every default filled in. */
export type RepositoryOptions = z.output<typeof repository>;
