import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, policyJson, type Statement } from "../identity/policy";

export interface PrivateBucketProps {
  readonly environment: string;
  readonly accountId: string;
  readonly partition: string;
  /** What it is for, the last part of its name. */
  readonly purpose: string;
  /** Whether what is replaced or deleted is kept. Default: false. */
  readonly versioned?: boolean;
  /** In days, after which what is in it goes. Default: never. */
  readonly expiresAfterDays?: number;
  /** Whether it goes with what is in it. Default: false, a bucket that is not empty stops the destroy. */
  readonly deletedWithContent?: boolean;
  /** What others may do, given the bucket's ARN. Default: nothing. */
  readonly statements?: (arn: string) => readonly Statement[];
}

/** Name of a bucket, which all of AWS has once. */
export function bucketName({
  environment,
  purpose,
  accountId,
}: Pick<PrivateBucketProps, "environment" | "purpose" | "accountId">): string {
  return `${environment}-${purpose}-${accountId}`;
}

/** A bucket that nobody reaches in public or in clear text, encrypted, without ACLs. */
export class PrivateBucket extends Construct {
  /** Id of the bucket, which is its name; known once it is there. */
  readonly name: string;
  readonly arn: string;
  /** What a writer waits for. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const name = bucketName(props);
    const bucket = new S3Bucket(this, "Resource", {
      bucket: name,
      ...(props.deletedWithContent === true ? { forceDestroy: true } : {}),
    });
    this.name = bucket.id;
    this.arn = `arn:${props.partition}:s3:::${name}`;
    const of = { bucket: bucket.id };
    const blocked = new S3BucketPublicAccessBlock(this, "public-access", {
      ...of,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const owned = new S3BucketOwnershipControls(this, "ownership", {
      ...of,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const encrypted = new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      ...of,
      // Load balancers write with S3's own keys alone.
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    const policy = new S3BucketPolicy(this, "policy", {
      ...of,
      policy: policyJson(policyDocument(...(props.statements?.(this.arn) ?? []), this.onlyByTls())),
      dependsOn: [blocked],
    });
    const versioning =
      props.versioned === true
        ? [new S3BucketVersioningA(this, "versioning", { ...of, versioningConfiguration: { status: "Enabled" } })]
        : [];
    this.expire(props.expiresAfterDays, bucket.id);
    this.ready = [blocked, owned, encrypted, policy, ...versioning];
  }

  private onlyByTls(): Statement {
    return {
      Sid: "OnlyByTls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [this.arn, `${this.arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
  }

  private expire(days: number | undefined, bucket: string): void {
    if (days === undefined) return;
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
  }
}
