import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import type { Environment } from "../../../platform/environment";
import type { SynthesizedStack } from "../../terraform/stacks";
import type { Bucket, Lock } from "../facts";
import { isError, unlessMissing } from "./clients";
import { stateClient } from "./state-client";

/** What Terraform writes of a lock, into whatever file or object it is. */
const lockSchema = z.looseObject({
  ID: z.string(),
  Who: z.string().default("somebody"),
  Created: z.string().default(""),
});

const backendSchema = z.looseObject({
  terraform: z.looseObject({
    backend: z
      .looseObject({
        s3: z.looseObject({ bucket: z.string(), key: z.string() }).optional(),
      })
      .optional(),
  }),
});

/** Where the states of an environment are, and who works on them. */
export class States {
  private readonly s3: S3Client;

  constructor(
    environment: Environment,
    private readonly stacks: readonly SynthesizedStack[],
  ) {
    this.s3 = stateClient(environment);
  }

  async bucket(Bucket: string): Promise<Bucket> {
    try {
      const { BucketRegion } = await this.s3.send(new HeadBucketCommand({ Bucket }));
      const { Status } = await this.s3.send(new GetBucketVersioningCommand({ Bucket }));
      const encryption = this.s3.send(new GetBucketEncryptionCommand({ Bucket }));
      const rules = await unlessMissing(encryption, "ServerSideEncryptionConfigurationNotFoundError");
      return {
        kind: "there",
        region: BucketRegion ?? (await this.s3.config.region()),
        versioned: Status === "Enabled",
        encrypted: rules !== undefined,
      };
    } catch (error) {
      if (isError(error, "NotFound", "NoSuchBucket", "404")) return { kind: "missing" };
      // A bucket of another region answers where it is, and nothing else.
      const region: unknown = Object(Object(error).$response).headers?.["x-amz-bucket-region"];
      if (isError(error, "301") && typeof region === "string") {
        return { kind: "there", region, versioned: true, encrypted: true };
      }
      if (isError(error, "403", "AccessDenied")) return { kind: "forbidden" };
      throw error;
    }
  }

  async lock(id: string): Promise<Lock | undefined> {
    const stack = this.stacks.find((one) => one.id === id);
    if (stack === undefined) return undefined;
    const json: unknown = JSON.parse(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8"));
    const { backend } = backendSchema.parse(json).terraform;
    // The lock of a local state goes with the process that held it, whatever file it leaves.
    const written = backend?.s3 === undefined ? undefined : await this.lockObject(backend.s3);
    if (written === undefined) return undefined;
    const { ID, Who, Created } = lockSchema.parse(JSON.parse(written));
    return { id: ID, who: Who, since: Created };
  }

  private async lockObject({
    bucket,
    key,
  }: {
    readonly bucket: string;
    readonly key: string;
  }): Promise<string | undefined> {
    const asked = this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: `${key}.tflock` }));
    const { Body } = (await unlessMissing(asked, "NoSuchKey", "NoSuchBucket", "404", "403", "301")) ?? {};
    return Body === undefined ? undefined : Body.transformToString();
  }
}
