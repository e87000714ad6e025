import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { arn, principalArn, reason } from "../schema/primitives";

const repository = z.strictObject({
  tags: described(
    "Whether a tag, once pushed, can be pushed again.",
    z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("immutable") }),
        z.strictObject({ kind: z.literal("mutable"), reason }),
      ])
      .prefault({ kind: "immutable" }),
  ),
  scanOnPush: described("Looks for known vulnerabilities in every image pushed.", z.boolean().default(true)),
  encryption: described(
    "How images are encrypted. Cannot change later.",
    z
      .discriminatedUnion("kind", [
        described("By a key of Amazon ECR.", z.strictObject({ kind: z.literal("aes-256") })),
        described(
          "By a key of KMS.",
          z.strictObject({
            kind: z.literal("kms"),
            keyArn: described("ARN of a key of the region. Default: the account's key for ECR.", arn.optional()),
          }),
        ),
      ])
      .prefault({ kind: "aes-256" }),
  ),
  keep: described(
    "What the lifecycle rules leave.",
    z
      .strictObject({
        taggedImages: described("Newest tagged images, by number.", z.number().int().min(1).max(1000).default(50)),
        untaggedDays: described(
          "Days from its push that an untagged image stays.",
          z.number().int().min(1).max(365).default(14),
        ),
      })
      .prefault({}),
  ),
  images: described(
    "What becomes of the images when the repository is deleted.",
    z
      .discriminatedUnion("kind", [
        described(
          "A destroy stops while there are some, as ECR refuses it.",
          z.strictObject({ kind: z.literal("keep") }),
        ),
        described(
          "They go with the repository.",
          z.strictObject({ kind: z.literal("delete-with-repository"), reason }),
        ),
      ])
      .prefault({ kind: "keep" }),
  ),
  pull: described(
    "Principals of any account that may pull. The nodes of this account need none. To sign in, a principal also " +
      "needs `ecr:GetAuthorizationToken`, which only a policy of its own can grant.",
    z.array(principalArn).default([]),
  ),
  push: described(
    "Principals that may push, and so also pull. The same goes for their sign-in.",
    z.array(principalArn).default([]),
  ),
});

export const registrySchema = described(
  "Image repositories.",
  z.strictObject({
    repositories: described(
      "ECR repositories by name.",
      z
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
        .default({}),
    ),
  }),
);

/** Options of one repository, with every default filled in. */
export type RepositoryOptions = z.output<typeof repository>;
