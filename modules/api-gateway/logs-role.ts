import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { policyDocument, policyJson } from "../identity/policy";

export interface LogsRoleProps {
  readonly environment: string;
  readonly partition: Partition;
}

export function logsRoleName(environment: string): string {
  return `${environment}-api-gateway-logs`;
}

/**
 * Role that every REST API of the account and region writes logs with. Provider 5 leaves the setting in place when this
 * is destroyed, provider 6 empties it.
 */
export class LogsRole extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: LogsRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "Resource", {
      name: logsRoleName(props.environment),
      assumeRolePolicy: policyJson(
        policyDocument({
          Effect: "Allow",
          Principal: { Service: "apigateway.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
      ),
    });
    const attachment = new IamRolePolicyAttachment(this, "logs", {
      role: role.name,
      policyArn: `arn:${props.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
    });
    this.ready = new ApiGatewayAccount(this, "account", { cloudwatchRoleArn: role.arn, dependsOn: [attachment] });
  }
}
