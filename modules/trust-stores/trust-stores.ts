import { LbTrustStore } from "@cdktf/provider-aws/lib/lb-trust-store";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { limitedName } from "../schema/limited-name";
import { PrivateBucket } from "../storage/private-bucket";
import type { TrustStoresOptions } from "./schema";

export interface TrustStoresProps {
  readonly environment: string;
  readonly accountId: string;
  readonly partition: string;
  readonly trustStores: TrustStoresOptions;
}

/** Source: CreateTrustStore in the Elastic Load Balancing API reference. */
const nameLimit = 32;

/** Name of a trust store in AWS. */
export function trustStoreNameInAws(environment: string, name: string): string {
  return limitedName(nameLimit, environment, name);
}

/** Trust stores of load balancers, and the bundles that custom domains of API Gateway read. */
export class TrustStores extends Construct {
  /** Trust store of a load balancer, by name. */
  readonly arns: Readonly<Record<string, string>>;
  /** Bundle in S3, as `s3://<bucket>/<key>`, by name. */
  readonly bundles: Readonly<Record<string, string>>;
  /** Version of each bundle, by name. */
  readonly versions: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: TrustStoresProps) {
    super(scope, id);
    const names = Object.entries(props.trustStores);
    if (names.length === 0) {
      this.arns = {};
      this.bundles = {};
      this.versions = {};
      return;
    }
    const bucket = new PrivateBucket(this, "bucket", {
      ...props,
      // What a load balancer trusts can be looked up again after a change.
      versioned: true,
      purpose: "trust",
    });
    const made = names.map(([name, { authorities }]) => {
      const bundle = new S3Object(this, `${name}_bundle`, {
        bucket: bucket.name,
        key: `${name}.pem`,
        content: authorities.map((one) => (one.endsWith("\n") ? one : `${one}\n`)).join(""),
        contentType: "application/x-pem-file",
        dependsOn: [...bucket.ready],
      });
      const store = new LbTrustStore(this, name, {
        name: trustStoreNameInAws(props.environment, name),
        caCertificatesBundleS3Bucket: bucket.name,
        caCertificatesBundleS3Key: bundle.key,
        caCertificatesBundleS3ObjectVersion: bundle.versionId,
      });
      return { name, bundle, store };
    });
    this.arns = Object.fromEntries(made.map(({ name, store }) => [name, store.arn]));
    this.bundles = Object.fromEntries(
      made.map(({ name, bundle }) => [name, Fn.join("", ["s3://", bucket.name, "/", bundle.key])]),
    );
    this.versions = Object.fromEntries(made.map(({ name, bundle }) => [name, bundle.versionId]));
  }
}
