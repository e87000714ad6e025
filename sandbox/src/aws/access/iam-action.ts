import type { RequestModel } from "../model/request-model";

/** Prefixes of actions that are not the name botocore has for the service. */
const prefixes: Readonly<Record<string, string>> = {
  apigatewayv2: "apigateway",
  elb: "elasticloadbalancing",
  elbv2: "elasticloadbalancing",
};

/** S3 names its actions after what they are about, where its API is older than IAM. */
const s3: Readonly<Record<string, string>> = {
  DeleteBucketEncryption: "PutEncryptionConfiguration",
  DeleteBucketLifecycle: "PutLifecycleConfiguration",
  DeleteObjects: "DeleteObject",
  DeletePublicAccessBlock: "PutBucketPublicAccessBlock",
  GetBucketEncryption: "GetEncryptionConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  HeadBucket: "ListBucket",
  HeadObject: "GetObject",
  ListBuckets: "ListAllMyBuckets",
  ListObjects: "ListBucket",
  ListObjectsV2: "ListBucket",
  ListObjectVersions: "ListBucketVersions",
  PutBucketEncryption: "PutEncryptionConfiguration",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
};

/**
 * The action of IAM that an operation needs. Most have its name; API Gateway's are the verbs of HTTP.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export function iamAction({ service, operation }: Pick<RequestModel, "service" | "operation">, method: string): string {
  const prefix = prefixes[service] ?? service;
  const name = prefix === "apigateway" ? method : service === "s3" ? (s3[operation] ?? operation) : operation;
  return `${prefix}:${name}`;
}
