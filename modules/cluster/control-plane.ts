import {
  EksCluster,
  type EksClusterRemoteNetworkConfig,
  type EksClusterVpcConfig,
} from "@cdktf/provider-aws/lib/eks-cluster";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { policyDocument } from "../identity/policy";
import { assertNever } from "../schema/assert-never";
import { makeAutoMode } from "./auto-mode";
import { ControlPlaneLogs } from "./log-group";
import type { ClusterOptions } from "./schema";
import { SecretsKey } from "./secrets-key";
import { chosenRole } from "./service-role";

export interface ControlPlaneProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  readonly aws: { readonly accountId: string; readonly partition: Partition };
  readonly cluster: ClusterOptions;
  /** Subnets for the control plane's interfaces, in two zones or more. */
  readonly privateSubnetIds: readonly string[];
  /** Ways out of those subnets, for the nodes that Auto Mode makes with the cluster and ends with it. */
  readonly networkReady: readonly ITerraformDependable[];
}

/** The Kubernetes API of EKS with its role, its key and its logs. */
export class ControlPlane extends Construct {
  readonly cluster: EksCluster;
  /** Role of Auto Mode's nodes, where it is on. */
  readonly autoNodeRoleArn: string | undefined;

  constructor(scope: Construct, id: string, props: ControlPlaneProps) {
    super(scope, id);
    const { environmentName, aws, cluster: options } = props;
    const auto = makeAutoMode(this, { environmentName, partition: aws.partition, autoMode: options.autoMode });
    this.autoNodeRoleArn = auto.nodeRoleArn;
    const role = chosenRole(this, "role", options.roles.controlPlane, {
      name: `${environmentName}-cluster`,
      partition: aws.partition,
      trust: policyDocument({
        Effect: "Allow",
        Principal: { Service: "eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      }),
      managedPolicies: ["AmazonEKSClusterPolicy", ...auto.clusterPolicies],
    });
    const keyArn = this.keyArn(props);
    this.cluster = new EksCluster(this, "Resource", {
      name: options.name,
      roleArn: role.arn,
      version: options.version,
      upgradePolicy: { supportType: options.supportType },
      enabledClusterLogTypes: [...options.logs.types],
      accessConfig: { authenticationMode: options.authentication, bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      vpcConfig: {
        subnetIds: [...props.privateSubnetIds],
        securityGroupIds:
          options.additionalSecurityGroups.length === 0 ? undefined : [...options.additionalSecurityGroups],
        endpointPrivateAccess: true,
        ...publicAccess(options.endpoint),
      },
      kubernetesNetworkConfig: {
        serviceIpv4Cidr: options.serviceCidr,
        elasticLoadBalancing: auto.elasticLoadBalancing,
      },
      encryptionConfig: keyArn === undefined ? undefined : { resources: ["secrets"], provider: { keyArn } },
      computeConfig: auto.computeConfig,
      storageConfig: auto.storageConfig,
      deletionProtection: options.deletionProtection ? true : undefined,
      zonalShiftConfig: options.zonalShift === undefined ? undefined : { enabled: options.zonalShift === "on" },
      controlPlaneScalingConfig: options.scalingTier === undefined ? undefined : { tier: options.scalingTier },
      forceUpdateVersion: options.forceUpdate === undefined ? undefined : true,
      remoteNetworkConfig: remoteNetworks(options.hybridNodes),
      dependsOn: [
        ...role.ready,
        ...auto.ready,
        ...this.logGroup(options),
        ...(options.autoMode.kind === "on" ? props.networkReady : []),
      ],
      lifecycle: {
        // EKS reads both at creation and never tells them again: on an imported cluster they would mean replacement.
        ignoreChanges: [
          "access_config[0].bootstrap_cluster_creator_admin_permissions",
          "bootstrap_self_managed_addons",
        ],
      },
    });
  }

  private keyArn({ environmentName, aws, cluster: { encryption } }: ControlPlaneProps): string | undefined {
    switch (encryption.kind) {
      case "customer-key":
        return new SecretsKey(this, "key", { environmentName, aws, deletionWindowDays: encryption.deletionWindowDays })
          .arn;
      case "existing-key":
        return encryption.keyArn;
      case "aws-owned-key":
        return undefined;
      default:
        return assertNever("encryption of secrets", encryption);
    }
  }

  private logGroup({ name, logs }: ClusterOptions): readonly ITerraformDependable[] {
    if (logs.types.length === 0) return [];
    return [
      new ControlPlaneLogs(this, "logs", {
        clusterName: name,
        retentionDays: logs.retentionDays,
        logGroupClass: logs.class,
      }).ready,
    ];
  }
}

function remoteNetworks(hybrid: ClusterOptions["hybridNodes"]): EksClusterRemoteNetworkConfig | undefined {
  if (hybrid === undefined) return undefined;
  const { nodeNetworks, podNetworks } = hybrid;
  return {
    remoteNodeNetworks: { cidrs: [...nodeNetworks] },
    ...(podNetworks.length === 0 ? {} : { remotePodNetworks: { cidrs: [...podNetworks] } }),
  };
}

function publicAccess(
  endpoint: ClusterOptions["endpoint"],
): Pick<EksClusterVpcConfig, "endpointPublicAccess" | "publicAccessCidrs"> {
  switch (endpoint.kind) {
    case "private":
      return { endpointPublicAccess: false };
    case "public-and-private":
      return { endpointPublicAccess: true, publicAccessCidrs: [...endpoint.cidrs] };
    default:
      return assertNever("endpoint", endpoint);
  }
}
