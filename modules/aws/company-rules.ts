import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { Aspects } from "cdktf";
import type { IConstruct } from "constructs";
import { isResource } from "../terraform/is-resource";
import type { AwsOptions } from "./schema";

/**
 * Gives every role, policy, user and log group of a stack what the company asks of them, whoever made it: one that is
 * added later has it too.
 */
export function keepCompanyRules(stack: IConstruct, { iam, logs }: Pick<AwsOptions, "iam" | "logs">): void {
  const path = iam.path === "/" ? undefined : iam.path;
  const { permissionsBoundary } = iam;
  if (path === undefined && permissionsBoundary === undefined && logs.kmsKeyArn === undefined) return;
  Aspects.of(stack).add({
    visit(node) {
      if (isResource(node, IamRole) || isResource(node, IamUser)) {
        if (permissionsBoundary !== undefined) node.permissionsBoundary = permissionsBoundary;
        if (path !== undefined) node.path = path;
      }
      if (isResource(node, IamPolicy) && path !== undefined) node.path = path;
      // A provider of its own is that of another region, where the key does not serve.
      if (isResource(node, CloudwatchLogGroup) && logs.kmsKeyArn !== undefined && node.provider === undefined) {
        node.kmsKeyId = logs.kmsKeyArn;
      }
    },
  });
}
