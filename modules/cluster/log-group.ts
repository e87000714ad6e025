import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCloudwatchLogGroups } from "@cdktf/provider-aws/lib/data-aws-cloudwatch-log-groups";
import { type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { ClusterOptions } from "./schema";

export interface ControlPlaneLogsProps {
  /** Name of the cluster, which EKS builds the group's name from. */
  readonly clusterName: string;
  readonly retentionDays: number;
  readonly logGroupClass: ClusterOptions["logs"]["class"];
}

/**
 * Log group of a control plane, made before it: EKS would make it itself, without an end to what it keeps. EKS also writes
 * its last records after the cluster is gone, and the group again with them, so that the next cluster of the name would
 * find it there. Whatever group has the name becomes this one.
 * Source: terraform-aws-modules/terraform-aws-eks#2763.
 */
export class ControlPlaneLogs extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, { clusterName, retentionDays, logGroupClass }: ControlPlaneLogsProps) {
    super(scope, id);
    const name = `/aws/eks/${clusterName}/cluster`;
    const group = new CloudwatchLogGroup(this, "Resource", {
      name,
      retentionInDays: retentionDays,
      ...(logGroupClass === "STANDARD" ? {} : { logGroupClass }),
    });
    this.ready = group;
    const found = new DataAwsCloudwatchLogGroups(this, "found", { logGroupNamePrefix: name });
    // An import of nothing where there is none, and without any effect on a group that is in the state already. cdktf has
    // no import with `for_each`.
    TerraformStack.of(this).addOverride("import", [
      {
        for_each: `\${toset([for name in data.${found.terraformResourceType}.${found.friendlyUniqueId}.log_group_names : name if name == ${JSON.stringify(name)}])}`,
        to: `${group.terraformResourceType}.${group.friendlyUniqueId}`,
        id: "${each.value}",
      },
    ]);
  }
}
