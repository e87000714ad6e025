import { z } from "zod";
import { awsTags } from "../schema/aws-tags";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { findPartition, type Partition } from "../schema/partitions";
import { accountId, kmsKeyArn, partition, policyArn, region, roleArn } from "../schema/primitives";

export type { Partition };

/** Partition a region belongs to. */
export function partitionOf(name: string): Partition {
  // The schema takes no region without one.
  return findPartition(name) ?? "aws";
}

export const awsSchema = described(
  "Where everything of the environment lives.",
  z
    .strictObject({
      region: described("Region of the cluster and of everything beside it, such as `us-west-2`.", region),
      accountId: described("Account that the credentials must belong to; Terraform refuses any other.", accountId),
      partition: described("Partition of AWS. Default: that of the region.", partition.optional()),
      tags: described("Tags on every AWS resource, beside `Environment` and `ManagedBy`.", awsTags),
      iam: described(
        "What a company asks of every role, policy and user of IAM that is made here.",
        z
          .strictObject({
            permissionsBoundary: described(
              "Managed policy that bounds every role and user, whatever their own policies allow. Default: none.",
              policyArn.optional(),
            ),
            path: described(
              'Path of every role, policy and user, `/` at both ends. Source: IAM user guide, "IAM identifiers".',
              z
                .string()
                .max(512, "IAM takes at most 512 characters")
                .regex(/^\/([\w+=,.@-]+\/)*$/, "a path begins and ends with /, such as /platform/")
                .register(examples, { example: "/platform/" })
                .default("/"),
            ),
          })
          .prefault({}),
      ),
      logs: described(
        "What a company asks of every log group that is made here.",
        z
          .strictObject({
            kmsKeyArn: described(
              "Customer key of the region that encrypts them. Its policy has to let `logs.<region>.amazonaws.com` encrypt " +
                "and decrypt with it, or CloudWatch Logs refuses the group. Log groups of CloudFront's region keep AWS's " +
                "own key, for a key serves its own region. Default: AWS's own key.",
              kmsKeyArn.optional(),
            ),
          })
          .prefault({}),
      ),
      assumeRole: described(
        "Role to assume before anything is done. Default: the caller's own credentials.",
        z
          .strictObject({
            roleArn: described("ARN of the role.", roleArn),
            externalId: described(
              "External id that the trust policy of the role asks for. Default: none.",
              z
                .string()
                .regex(/^[\w+=,.@:/-]{2,1224}$/, "an external id has 2 to 1224 letters, digits and _ + = , . @ : / -")
                .register(examples, { example: "platform-team" })
                .optional(),
            ),
            sessionName: described(
              "Name that CloudTrail shows. Source: AssumeRole in the STS API reference.",
              z
                .string()
                .regex(/^[\w+=,.@-]{2,64}$/, "a session's name has 2 to 64 letters, digits and _ + = , . @ -")
                .register(examples, { example: "terraform" })
                .default("terraform"),
            ),
          })
          .optional(),
      ),
    })
    .transform((aws) => ({ ...aws, partition: aws.partition ?? partitionOf(aws.region) })),
);

/** Account, region and what else the environment says of AWS. */
export type AwsOptions = z.output<typeof awsSchema>;
