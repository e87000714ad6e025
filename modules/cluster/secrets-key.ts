import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { policyDocument, policyJson } from "../identity/policy";

export interface SecretsKeyProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  readonly aws: { readonly accountId: string; readonly partition: Partition };
  /** Days between deletion and end, 7 to 30. */
  readonly deletionWindowDays: number;
}

/**
 * A customer key around what the Kubernetes API stores, rotated every year. The account decides through IAM who may use
 * it; EKS works through a grant that the cluster's creator gives, so the cluster's role needs nothing of it.
 */
export class SecretsKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: SecretsKeyProps) {
    super(scope, id);
    const { aws, environmentName } = props;
    const key = new KmsKey(this, "Resource", {
      description: `Kubernetes secrets of ${environmentName}`,
      enableKeyRotation: true,
      deletionWindowInDays: props.deletionWindowDays,
      policy: policyJson(
        policyDocument({
          Sid: "AccountDecidesThroughIam",
          Effect: "Allow",
          Principal: { AWS: `arn:${aws.partition}:iam::${aws.accountId}:root` },
          Action: "kms:*",
          Resource: "*",
        }),
      ),
    });
    new KmsAlias(this, "alias", { name: `alias/${environmentName}-cluster`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
