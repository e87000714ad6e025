import { Construct } from "constructs";
import type { Statement } from "../identity/policy";
import { PrivateBucket } from "../storage/private-bucket";
import type { LoadBalancersOptions } from "./settings-schema";

export interface LogBucketProps {
  readonly environment: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly accessLogs: LoadBalancersOptions["accessLogs"];
}

/**
 * Who writes: ALBs themselves, and for NLBs the log delivery of CloudWatch, each for load balancers of this account and
 * region alone. Source: Elastic Load Balancing user guides, "Enable access logs", bucket policies of ALB and NLB.
 */
function writers(bucket: string, { region, accountId, partition }: LogBucketProps): readonly Statement[] {
  const logs = `${bucket}/AWSLogs/${accountId}/*`;
  const delivery = { Service: "delivery.logs.amazonaws.com" };
  const ofThisAccount = {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:${partition}:logs:${region}:${accountId}:*` },
  };
  return [
    {
      Sid: "ApplicationLoadBalancersWrite",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: logs,
      Condition: {
        ArnLike: { "aws:SourceArn": `arn:${partition}:elasticloadbalancing:${region}:${accountId}:loadbalancer/*` },
      },
    },
    {
      Sid: "NetworkLoadBalancersWrite",
      Effect: "Allow",
      Principal: delivery,
      Action: "s3:PutObject",
      Resource: logs,
      Condition: {
        ...ofThisAccount,
        StringEquals: { ...ofThisAccount.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
    {
      Sid: "NetworkLoadBalancersLook",
      Effect: "Allow",
      Principal: delivery,
      Action: "s3:GetBucketAcl",
      Resource: bucket,
      Condition: ofThisAccount,
    },
  ];
}

/** The bucket of access logs, where the environment has one. */
export class LogBucket extends Construct {
  /** Empty where there is none. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: LogBucketProps) {
    super(scope, id);
    const { accessLogs } = props;
    this.name =
      accessLogs.kind === "off"
        ? ""
        : new PrivateBucket(this, "bucket", {
            ...props,
            purpose: "access-logs",
            expiresAfterDays: accessLogs.retentionDays,
            deletedWithContent: accessLogs.atDestroy.kind === "delete",
            statements: (arn) => writers(arn, props),
          }).name;
  }
}
