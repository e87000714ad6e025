import { DataAwsInstances } from "@cdktf/provider-aws/lib/data-aws-instances";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { EksNodeGroup, type EksNodeGroupUpdateConfig } from "@cdktf/provider-aws/lib/eks-node-group";
import { Fn, type ITerraformDependable, Op, type StringMap, Token } from "cdktf";
import { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import { makeNodeLaunchTemplate } from "./launch-template";
import type { AmiType, NodeGroupOptions } from "./node-schema";

export interface NodeGroupProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  /** Name in the environment, at most 36 characters. */
  readonly name: string;
  readonly cluster: {
    readonly name: string;
    /** Version of the control plane; nodes follow it. */
    readonly version: string;
  };
  readonly group: NodeGroupOptions;
  readonly nodeRoleArn: string;
  readonly subnetIds: readonly string[];
  /** Tags of everything a node consists of. */
  readonly tags: StringMap;
  /** What nodes need before they start and until they are gone. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Characters that Terraform makes a name unique with. */
const generatedSuffix = 26;

/**
 * A managed node group. EKS replaces it when image, capacity or instance types change; the new one stands beside the old
 * until its nodes are ready, which is why Terraform completes its name.
 */
export class NodeGroup extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { name, cluster, group } = props;
    const template = makeNodeLaunchTemplate(this, "launch_template", {
      namePrefix: `${props.environmentName}-${name}-`,
      nodeName: `${props.environmentName}-${name}`,
      tags: props.tags,
      group,
    });
    this.ready = new EksNodeGroup(this, "Resource", {
      clusterName: cluster.name,
      nodeGroupNamePrefix: `${name}-`,
      version: cluster.version,
      releaseVersion: this.release(props),
      nodeRoleArn: props.nodeRoleArn,
      subnetIds: [...props.subnetIds],
      amiType: group.amiType,
      capacityType: group.capacity,
      instanceTypes: [...(group.instanceTypes ?? [defaultInstanceType(group.amiType)])],
      launchTemplate: { id: template.id, version: Token.asString(template.latestVersion) },
      scalingConfig: { minSize: group.size.min, desiredSize: this.startingSize(props), maxSize: group.size.max },
      updateConfig: updateConfig(group.update),
      ...(group.nodeRepair ? { nodeRepairConfig: { enabled: true } } : {}),
      ...(group.forceUpdate === undefined ? {} : { forceUpdateVersion: true }),
      labels: group.labels,
      taint: [...group.taints],
      dependsOn: [...props.dependsOn],
      lifecycle: {
        createBeforeDestroy: true,
        // An autoscaler moves it; Terraform would move it back. A group that is made anew takes what is written above.
        ignoreChanges: ["scaling_config[0].desired_size"],
      },
    });
  }

  /**
   * Nodes that a group starts with: as many as run of the one that it replaces, within its limits, for an autoscaler may
   * have moved that. Where none run, as many as the environment says.
   */
  private startingSize({ name, cluster, group: { size } }: NodeGroupProps): number {
    const running = new DataAwsInstances(this, "running", {
      // EKS tags what it starts. The name ends with what Terraform adds to the prefix.
      filter: [
        { name: "tag:eks:cluster-name", values: [cluster.name] },
        { name: "tag:eks:nodegroup-name", values: [`${name}-${"?".repeat(generatedSuffix)}`] },
      ],
      instanceStateNames: ["pending", "running"],
    });
    const count = Fn.lengthOf(running.ids);
    const within = Fn.max([size.min, Fn.min([size.max, count])]);
    return Token.asNumber(Fn.conditional(Op.gte(count, 1), within, size.desired));
  }

  private release({ cluster, group }: NodeGroupProps): string {
    if (group.release !== "latest") return group.release;
    return new DataAwsSsmParameter(this, "release", { name: releaseParameter(group.amiType, cluster.version) })
      .insecureValue;
  }
}

/**
 * Public parameter of AWS that names the newest release of an image.
 * Source: EKS user guide, "Retrieve recommended Amazon Linux AMI IDs" and "… Bottlerocket AMI IDs".
 */
function releaseParameter(amiType: AmiType, kubernetesVersion: string): string {
  const [system, architecture] = [amiType.split("_", 1)[0], amiType.includes("ARM_64") ? "arm64" : "x86_64"];
  if (system === "BOTTLEROCKET") {
    const [variant] = /(?<=_(x86_64|ARM_64)_)[A-Z]+$/.exec(amiType) ?? [];
    const suffix = variant === undefined ? "" : `-${variant.toLowerCase()}`;
    return `/aws/service/bottlerocket/aws-k8s-${kubernetesVersion}${suffix}/${architecture}/latest/image_version`;
  }
  const variant = amiType.split("_").at(-1)?.toLowerCase();
  return `/aws/service/eks/optimized-ami/${kubernetesVersion}/amazon-linux-2023/${architecture}/${variant}/recommended/release_version`;
}

function defaultInstanceType(amiType: AmiType): string {
  return amiType.includes("_ARM_64") ? "m7g.large" : "m7i.large";
}

function updateConfig(update: NodeGroupOptions["update"]): EksNodeGroupUpdateConfig {
  switch (update.kind) {
    case "nodes":
      return { maxUnavailable: update.count };
    case "percentage":
      return { maxUnavailablePercentage: update.percentage };
    default:
      return assertNever("update budget", update);
  }
}
