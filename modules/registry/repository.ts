import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";
import { type PolicyDocument, policyDocument, policyJson, type Statement } from "../identity/policy";
import { assertNever } from "../schema/assert-never";
import type { RepositoryOptions } from "./schema";

/** Source: Amazon ECR user guide, "Private repository policy examples". */
const pullActions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] as const;

/** Source: Amazon ECR user guide, "IAM permissions for pushing an image to an Amazon ECR private repository". */
const pushActions = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
] as const;

/**
 * Rules by which ECR deletes images. Images of a multi-platform index stay as long as the index, tagged or not.
 * Source: Amazon ECR user guide, "Lifecycle policy properties in Amazon ECR".
 */
export function lifecyclePolicy(keep: RepositoryOptions["keep"]): object {
  return {
    rules: [
      {
        rulePriority: 1,
        description: `Untagged images go ${keep.untaggedDays} days after their push`,
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: keep.untaggedDays,
        },
        action: { type: "expire" },
      },
      {
        rulePriority: 2,
        description: `The newest ${keep.taggedImages} tagged images stay`,
        selection: {
          tagStatus: "tagged",
          tagPatternList: ["*"],
          countType: "imageCountMoreThan",
          countNumber: keep.taggedImages,
        },
        action: { type: "expire" },
      },
    ],
  };
}

/** Who else may pull and push; undefined where nobody may, since ECR refuses a policy without statements. */
export function accessPolicy(options: Pick<RepositoryOptions, "pull" | "push">): PolicyDocument | undefined {
  const statement = (sid: string, principals: readonly string[], actions: readonly string[]): readonly Statement[] =>
    principals.length === 0 ? [] : [{ Sid: sid, Effect: "Allow", Principal: { AWS: principals }, Action: actions }];
  const statements = [
    ...statement("Pull", options.pull, pullActions),
    ...statement("Push", options.push, [...pullActions, ...pushActions]),
  ];
  return statements.length === 0 ? undefined : policyDocument(...statements);
}

export interface RepositoryProps {
  /** Name in ECR, exactly as it will be. */
  readonly name: string;
  readonly options: RepositoryOptions;
}

/** An ECR repository that scans and clears up, and that Terraform deletes with its images only where the environment says so. */
export class Repository extends Construct {
  /** Address to push to and pull from, without a tag. */
  readonly url: string;

  constructor(scope: Construct, id: string, { name, options }: RepositoryProps) {
    super(scope, id);
    const repository = new EcrRepository(this, "Resource", {
      name,
      imageTagMutability: options.tags.kind === "immutable" ? "IMMUTABLE" : "MUTABLE",
      imageScanningConfiguration: { scanOnPush: options.scanOnPush },
      encryptionConfiguration: [encryption(options.encryption)],
      forceDelete: options.images.kind === "delete-with-repository",
    });
    this.url = repository.repositoryUrl;
    new EcrLifecyclePolicy(this, "lifecycle", {
      repository: repository.name,
      policy: JSON.stringify(lifecyclePolicy(options.keep)),
    });
    const access = accessPolicy(options);
    if (access !== undefined) {
      new EcrRepositoryPolicy(this, "access", { repository: repository.name, policy: policyJson(access) });
    }
  }
}

function encryption(options: RepositoryOptions["encryption"]): { encryptionType: string; kmsKey?: string } {
  switch (options.kind) {
    case "aes-256":
      return { encryptionType: "AES256" };
    case "kms":
      return { encryptionType: "KMS", ...(options.keyArn === undefined ? {} : { kmsKey: options.keyArn }) };
    default:
      return assertNever("encryption of a repository", options);
  }
}
