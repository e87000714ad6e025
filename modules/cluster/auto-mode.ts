import type { EksClusterConfig } from "@cdktf/provider-aws/lib/eks-cluster";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { policyDocument } from "../identity/policy";
import { assertNever } from "../schema/assert-never";
import type { ClusterOptions } from "./schema";
import { ServiceRole } from "./service-role";

/** What Auto Mode adds to a control plane; nothing where it is off. */
export interface AutoMode {
  /** Policies of the cluster's role: EKS makes nodes, volumes, load balancers and interfaces with it. */
  readonly clusterPolicies: readonly string[];
  readonly computeConfig?: EksClusterConfig["computeConfig"];
  readonly storageConfig?: EksClusterConfig["storageConfig"];
  readonly elasticLoadBalancing?: { readonly enabled: true };
  /** Role of its nodes. */
  readonly nodeRoleArn?: string;
  /** What the cluster waits for. */
  readonly ready: readonly ITerraformDependable[];
}

export interface AutoModeProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  readonly partition: Partition;
  readonly autoMode: ClusterOptions["autoMode"];
}

/** Name in IAM of the role of Auto Mode's nodes. */
export function autoNodeRoleName(environmentName: string): string {
  return `${environmentName}-auto-node`;
}

/**
 * Compute, storage and load balancing of EKS Auto Mode, which EKS takes together or not at all, and the role of its
 * nodes. Off means absent: EKS refuses `enabled = false` on a cluster that never had Auto Mode.
 * Source: EKS user guide, "Amazon EKS Auto Mode cluster IAM role" and "Amazon EKS Auto Mode node IAM role".
 */
export function makeAutoMode(scope: Construct, props: AutoModeProps): AutoMode {
  switch (props.autoMode.kind) {
    case "off":
      return { clusterPolicies: [], ready: [] };
    case "on": {
      const nodeRole = new ServiceRole(scope, "auto_node_role", {
        name: autoNodeRoleName(props.environmentName),
        partition: props.partition,
        trust: policyDocument({
          Effect: "Allow",
          Principal: { Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
        managedPolicies: ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"],
      });
      return {
        clusterPolicies: [
          "AmazonEKSComputePolicy",
          "AmazonEKSBlockStoragePolicy",
          "AmazonEKSLoadBalancingPolicy",
          "AmazonEKSNetworkingPolicy",
        ],
        computeConfig: {
          enabled: true,
          nodePools: [...props.autoMode.nodePools],
          // EKS takes the role with built-in pools alone.
          nodeRoleArn: props.autoMode.nodePools.length === 0 ? undefined : nodeRole.arn,
        },
        nodeRoleArn: nodeRole.arn,
        storageConfig: { blockStorage: { enabled: true } },
        elasticLoadBalancing: { enabled: true },
        ready: nodeRole.ready,
      };
    }
    default:
      return assertNever("choice of Auto Mode", props.autoMode);
  }
}
