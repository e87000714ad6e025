import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Aws } from "./aws/start";

/** Makes the buckets of S3 backends: in AWS somebody made them long before the first apply. */
export async function createStateBuckets(aws: Pick<Aws, "environment">, buckets: readonly string[]): Promise<void> {
  for (const bucket of buckets) {
    await promisify(execFile)("aws", ["s3", "mb", `s3://${bucket}`], { env: { ...aws.environment } });
  }
}
