import type { z } from "zod";
import { partitionOf } from "../../modules/aws/schema";
import { arn, iamResource, kmsKeyArn, policyArn, principalArn, roleArn } from "../../modules/schema/primitives";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { schemasAt } from "../../modules/schema/schema-keys";
import { type Environment, environmentSchema } from "../environment";

export function partitionOfRegion({ aws }: Environment): readonly Problem[] {
  const expected = partitionOf(aws.region);
  if (aws.partition === expected) return [];
  return [
    {
      path: "aws.partition",
      value: aws.partition,
      rule: `the region ${aws.region} belongs to the partition ${expected}, and every ARN would name another`,
      remedy: "take the line out: the partition follows from the region",
    },
  ];
}

/** A text of an environment, and where it stands. */
export interface PlacedText {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

function texts(value: unknown, path: readonly PropertyKey[] = []): readonly PlacedText[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((entry, index) => texts(entry, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => texts(field, [...path, key]));
}

const arnSchemas: readonly z.core.$ZodType[] = [arn, iamResource, kmsKeyArn, policyArn, principalArn, roleArn];

/** Whether a schema is one of them, or one of them with a description of its own. */
function isArn(schema: z.core.$ZodType): boolean {
  const { parent } = schema._zod;
  return arnSchemas.includes(schema) || (parent !== undefined && isArn(parent));
}

/** Fields of an environment that are ARNs; text that only looks like one, as in a workload's arguments, is none. */
export function arnsOf(environment: Environment): readonly PlacedText[] {
  return texts(environment).filter(
    ({ path, text }) => text.startsWith("arn:") && schemasAt(environmentSchema, path, environment).some(isArn),
  );
}

/** Partitions share nothing. Source: AWS General Reference, "Amazon Resource Names". */
export function arnsOfThisPartition(environment: Environment): readonly Problem[] {
  const { partition, region } = environment.aws;
  return arnsOf(environment).flatMap(({ path, text }) => {
    const [, actual] = text.split(":");
    if (actual === partition) return [];
    return [
      {
        path: formatPath(path),
        value: text,
        rule: `it is of the partition ${actual}, and ${region} of the partition ${partition}; partitions share nothing`,
        remedy: `write the ARN of its counterpart there, which begins with arn:${partition}:`,
      },
    ];
  });
}

/** Keys are used where they are, and KMS keeps them to one region. */
export function keysOfThisRegion({ aws, state, cluster, registry, storageClasses }: Environment): readonly Problem[] {
  const { encryption, nodeGroups } = cluster;
  const keys: readonly (readonly [path: readonly PropertyKey[], key: string | undefined, region: string])[] = [
    [
      ["state", "kmsKeyArn"],
      state.kind === "s3" ? state.kmsKeyArn : undefined,
      (state.kind === "s3" ? state.region : undefined) ?? aws.region,
    ],
    [["aws", "logs", "kmsKeyArn"], aws.logs.kmsKeyArn, aws.region],
    [
      ["cluster", "encryption", "keyArn"],
      encryption.kind === "existing-key" ? encryption.keyArn : undefined,
      aws.region,
    ],
    ...Object.entries(nodeGroups).map(
      ([name, { disk }]) => [["cluster", "nodeGroups", name, "disk", "kmsKeyArn"], disk.kmsKeyArn, aws.region] as const,
    ),
    ...Object.entries(storageClasses).map(
      ([name, options]) =>
        [
          ["storageClasses", name, "kmsKeyArn"],
          options.kind === "ebs" ? options.kmsKeyArn : undefined,
          aws.region,
        ] as const,
    ),
    ...Object.entries(registry.repositories).map(
      ([name, { encryption: ecr }]) =>
        [
          ["registry", "repositories", name, "encryption", "keyArn"],
          ecr.kind === "kms" ? ecr.keyArn : undefined,
          aws.region,
        ] as const,
    ),
  ];
  return keys.flatMap(([path, key, region]) => {
    const [, , service, keyRegion] = key?.split(":") ?? [];
    if (key === undefined || (service === "kms" && keyRegion === region)) return [];
    return [
      {
        path: formatPath(path),
        value: key,
        rule:
          service === "kms"
            ? `the key is in ${keyRegion}, and what it encrypts in ${region}; KMS keys serve their own region`
            : `it is an ARN of ${service}, and a KMS key is needed`,
        remedy: `write the ARN of a key in ${region}, such as "arn:${aws.partition}:kms:${region}:${aws.accountId}:key/..."`,
      },
    ];
  });
}

/** What must be of the environment's own account, and why. */
export function arnsOfThisAccount({ aws, cluster, workloads }: Environment): readonly Problem[] {
  const named: readonly {
    readonly path: readonly PropertyKey[];
    readonly arn: string | undefined;
    readonly rule: string;
  }[] = [
    {
      path: ["aws", "assumeRole", "roleArn"],
      arn: aws.assumeRole?.roleArn,
      rule: `whoever assumes it works in its account, and Terraform refuses every account but ${aws.accountId}`,
    },
    {
      path: ["aws", "iam", "permissionsBoundary"],
      arn: aws.iam.permissionsBoundary,
      rule: "a boundary is a policy of the role's own account or of AWS",
    },
    ...Object.entries(cluster.roles).map(([user, role]) => ({
      path: ["cluster", "roles", user, "roleArn"],
      arn: role.kind === "existing" ? role.roleArn : undefined,
      rule: "EKS takes roles of the cluster's own account",
    })),
    ...Object.entries(workloads).flatMap(([name, workload]) => [
      ...(workload.aws.kind === "role" ? workload.aws.policyArns : []).map((arn, index) => ({
        path: ["workloads", name, "aws", "policyArns", index],
        arn,
        rule: "IAM attaches policies of the role's own account and of AWS, no others",
      })),
    ]),
  ];
  return named.flatMap(({ path, arn, rule }) => {
    const account = arn?.split(":")[4];
    if (account === undefined || account === "aws" || account === aws.accountId) return [];
    return [
      {
        path: formatPath(path),
        value: arn,
        rule,
        remedy: `name one of the account ${aws.accountId}`,
      },
    ];
  });
}
