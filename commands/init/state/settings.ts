import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { unlessMissing } from "../../preflight/aws/clients";
import { daysKept, oldVersionsEnd, versionsKept, withOldVersionsEnding } from "./lifecycle";
import { asksForTls, withTls } from "./policy";

/** A bucket of states, and who asks. */
export interface StateBucket {
  readonly s3: S3Client;
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  /** Account that has to own it: nobody's bucket of the same name is set or trusted. */
  readonly owner: string;
  /** Key that the environment names for its states. */
  readonly kmsKeyArn: string | undefined;
}

/** Something that a bucket of states should be. */
export interface Setting {
  readonly name: string;
  readonly wanted: (bucket: StateBucket) => string;
  /** Whether the bucket is so already, by us or by its owner. */
  readonly holds: (bucket: StateBucket) => Promise<boolean>;
  readonly set: (bucket: StateBucket) => Promise<unknown>;
}

const addressed = ({ name, owner }: StateBucket) => ({ Bucket: name, ExpectedBucketOwner: owner });

const publicAccess: Setting = {
  name: "public access",
  wanted: () => "blocked, whatever a policy or an ACL says",
  holds: async (bucket) => {
    const asked = bucket.s3.send(new GetPublicAccessBlockCommand(addressed(bucket)));
    const found = await unlessMissing(asked, "NoSuchPublicAccessBlockConfiguration");
    const blocked = found?.PublicAccessBlockConfiguration ?? {};
    return (["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] as const).every(
      (name) => blocked[name] === true,
    );
  },
  set: (bucket) =>
    bucket.s3.send(
      new PutPublicAccessBlockCommand({
        ...addressed(bucket),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      }),
    ),
};

const versions: Setting = {
  name: "versions",
  wanted: () => "kept: a state that is broken or deleted comes back",
  holds: async (bucket) => {
    const { Status } = await bucket.s3.send(new GetBucketVersioningCommand(addressed(bucket)));
    return Status === "Enabled";
  },
  set: (bucket) =>
    bucket.s3.send(
      new PutBucketVersioningCommand({ ...addressed(bucket), VersioningConfiguration: { Status: "Enabled" } }),
    ),
};

const encryption: Setting = {
  name: "encryption",
  wanted: ({ kmsKeyArn }) => (kmsKeyArn === undefined ? "by default, with S3's key or another" : `with ${kmsKeyArn}`),
  holds: async (bucket) => {
    const asked = bucket.s3.send(new GetBucketEncryptionCommand(addressed(bucket)));
    const found = await unlessMissing(asked, "ServerSideEncryptionConfigurationNotFoundError");
    const keys = found?.ServerSideEncryptionConfiguration?.Rules?.map(
      ({ ApplyServerSideEncryptionByDefault }) => ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
    );
    if (bucket.kmsKeyArn !== undefined) return keys?.includes(bucket.kmsKeyArn) ?? false;
    return keys !== undefined && keys.length > 0;
  },
  set: (bucket) =>
    bucket.s3.send(
      new PutBucketEncryptionCommand({
        ...addressed(bucket),
        ServerSideEncryptionConfiguration: {
          Rules: [
            bucket.kmsKeyArn === undefined
              ? { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }
              : {
                  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: bucket.kmsKeyArn },
                  // One call of KMS serves many objects.
                  BucketKeyEnabled: true,
                },
          ],
        },
      }),
    ),
};

const policyOf = async (bucket: StateBucket): Promise<string | undefined> => {
  const asked = bucket.s3.send(new GetBucketPolicyCommand(addressed(bucket)));
  return (await unlessMissing(asked, "NoSuchBucketPolicy"))?.Policy;
};

const tls: Setting = {
  name: "TLS",
  wanted: () => "the only way in, by the bucket's policy",
  holds: async (bucket) => asksForTls(await policyOf(bucket), bucket.arn),
  set: async (bucket) =>
    bucket.s3.send(
      new PutBucketPolicyCommand({ ...addressed(bucket), Policy: withTls(await policyOf(bucket), bucket.arn) }),
    ),
};

const rulesOf = async (bucket: StateBucket): Promise<readonly LifecycleRule[]> => {
  const asked = bucket.s3.send(new GetBucketLifecycleConfigurationCommand(addressed(bucket)));
  return (await unlessMissing(asked, "NoSuchLifecycleConfiguration"))?.Rules ?? [];
};

const lifecycle: Setting = {
  name: "old versions",
  wanted: () => `end after ${daysKept} days, the newest ${versionsKept} never`,
  holds: async (bucket) => oldVersionsEnd(await rulesOf(bucket)),
  set: async (bucket) =>
    bucket.s3.send(
      new PutBucketLifecycleConfigurationCommand({
        ...addressed(bucket),
        LifecycleConfiguration: { Rules: [...withOldVersionsEnding(await rulesOf(bucket))] },
      }),
    ),
};

/** In the order in which they are set: nothing is public for a moment. */
export const settings: readonly Setting[] = [publicAccess, versions, encryption, tls, lifecycle];

/** Makes the bucket itself. ACLs are off: the account owns what anybody writes into it. */
export async function makeBucket({ s3, name, region }: StateBucket): Promise<void> {
  // us-east-1 is what S3 means by no constraint, and it refuses it by name.
  const constraint = region === "us-east-1" ? {} : { LocationConstraint: region as BucketLocationConstraint };
  await s3.send(
    new CreateBucketCommand({
      Bucket: name,
      ObjectOwnership: "BucketOwnerEnforced",
      ...(region === "us-east-1" ? {} : { CreateBucketConfiguration: constraint }),
    }),
  );
}
