import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { policyDocument, policyJson } from "../identity/policy";

export interface FlowLogsProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  readonly aws: { readonly region: string; readonly accountId: string; readonly partition: Partition };
  readonly vpcId: string;
  /** In days. */
  readonly retentionDays: number;
  readonly traffic: "ALL" | "ACCEPT" | "REJECT";
}

/** Records of a VPC's connections, in a log group that Terraform makes, keeps short and removes. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { region, accountId, partition } = props.aws;
    const name = `${props.environmentName}-vpc-flow-logs`;
    const logGroup = new CloudwatchLogGroup(this, "group", {
      name: `/aws/vpc/${name}`,
      retentionInDays: props.retentionDays,
    });
    const role = new IamRole(this, "role", {
      name,
      description: "Lets VPC flow logs write to their log group",
      assumeRolePolicy: policyJson(
        policyDocument({
          Effect: "Allow",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": accountId },
            ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*` },
          },
        }),
      ),
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "write",
      role: role.name,
      policy: policyJson(
        policyDocument({
          Effect: "Allow",
          // Without logs:CreateLogGroup: late records would bring the group back after it was destroyed.
          Action: ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: [logGroup.arn, `${logGroup.arn}:*`],
        }),
      ),
    });
    new FlowLog(this, "Resource", {
      vpcId: props.vpcId,
      trafficType: props.traffic,
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      tags: { Name: name },
      // Delivery that begins before the role may write ends in an access error.
      dependsOn: [policy],
    });
  }
}
