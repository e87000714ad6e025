import { S3Client } from "@aws-sdk/client-s3";
import type { Environment } from "../../../platform/environment";
import { stateClientOptions } from "./clients";

/** A client of the bucket that holds the states of an environment. */
export function stateClient(environment: Pick<Environment, "aws" | "state">): S3Client {
  const endpoint = process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"];
  // Names of buckets are no hosts but in AWS itself.
  return new S3Client({ ...stateClientOptions(environment), forcePathStyle: endpoint !== undefined });
}
