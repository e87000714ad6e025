import { DataAwsDefaultTags } from "@cdktf/provider-aws/lib/data-aws-default-tags";
import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksIdentityProviderConfig } from "@cdktf/provider-aws/lib/eks-identity-provider-config";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { assertNever } from "../schema/assert-never";
import { AccessEntry } from "./access";
import { Addon } from "./addon";
import { type PlannedAddon, planAddons } from "./addon-plan";
import { Capability } from "./capability";
import { ControlPlane } from "./control-plane";
import { EndpointClients } from "./endpoint-clients";
import { FargateProfiles } from "./fargate";
import { HybridNodes } from "./hybrid-nodes";
import { NodeGroup } from "./node-group";
import { NodeRole } from "./node-role";
import type { NodeGroupOptions } from "./node-schema";
import type { ClusterOptions } from "./schema";

export interface ClusterProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  readonly aws: { readonly region: string; readonly accountId: string; readonly partition: Partition };
  readonly cluster: ClusterOptions;
  readonly network: {
    /** Subnets for control plane, nodes and Fargate pods, in two zones or more. */
    readonly privateSubnetIds: readonly string[];
    /** Letters of the zones of these subnets, in their order; empty where the network is another team's. Default: empty. */
    readonly zones?: readonly string[];
    /** What nodes reach AWS through: made before the first node, ended after the last. Default: nothing. */
    readonly ready?: readonly ITerraformDependable[];
  };
  /**
   * Roles that kube2iam takes on for pods: the nodes may assume these and no others. Default: none.
   * Throws where there are no node groups, because then no node has a role.
   */
  readonly kube2iamRoleArns?: readonly string[];
}

/**
 * An EKS cluster that is ready for controllers: control plane, access, nodes, Fargate and add-ons, in an order that works
 * on the first apply and, backwards, on destroy.
 */
export class Cluster extends Construct {
  readonly name: string;
  readonly arn: string;
  /** Address of the Kubernetes API, with `https://`. */
  readonly endpoint: string;
  /** Certificate of the authority behind the API's certificate, PEM in base64. */
  readonly certificateAuthority: string;
  /** Security group that EKS makes for control plane, nodes and Fargate pods; it admits all of itself. */
  readonly securityGroupId: string;
  /** Issuer of service account tokens, with `https://`. */
  readonly oidcIssuerUrl: string;
  /** The same without `https://`, as IAM conditions name it. */
  readonly oidcIssuer: string;
  /** Role of the node groups' nodes; empty where there are none. */
  readonly nodeRoleArn: string;

  private readonly eks: EksCluster;
  private readonly addonScope: Construct;
  private readonly addons = new Map<string, Addon>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterProps,
  ) {
    super(scope, id);
    const { environmentName, aws, cluster: options, network } = props;
    const { privateSubnetIds, ready: networkReady = [] } = network;
    const { cluster, autoNodeRoleArn } = new ControlPlane(this, "Resource", {
      environmentName,
      aws,
      cluster: options,
      privateSubnetIds,
      networkReady,
    });
    this.eks = cluster;
    this.name = cluster.name;
    this.arn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.oidcIssuerUrl = cluster.identity.get(0).oidc.get(0).issuer;
    this.oidcIssuer = Fn.trimprefix(this.oidcIssuerUrl, "https://");

    new EndpointClients(this, "client", {
      securityGroupId: this.securityGroupId,
      clients: options.endpoint.clients,
    });

    const access = new Construct(this, "access");
    for (const [name, entry] of Object.entries(options.access)) {
      new AccessEntry(access, name, { clusterName: cluster.name, partition: aws.partition, entry });
    }

    this.admitOthers(options);
    // EKS admits the role itself where a built-in pool has it.
    if (autoNodeRoleArn !== undefined && options.autoMode.kind === "on" && options.autoMode.nodePools.length === 0) {
      new AccessEntry(this, "auto_node_access", {
        clusterName: cluster.name,
        partition: aws.partition,
        entry: {
          type: "EC2",
          principalArn: autoNodeRoleArn,
          policies: [{ policy: "auto-node", scope: { kind: "cluster" } }],
          groups: [],
        },
      });
    }
    const plan = planAddons(options);
    this.addonScope = new Construct(this, "addon");
    const beforeNodes = [...networkReady, ...plan.beforeNodes.map((addon) => this.install(addon, []))];
    const nodes = this.nodeGroups(plan.vpcCniUsesNodeRole, beforeNodes);
    this.nodeRoleArn = nodes.roleArn;
    const compute = [...nodes.ready, ...this.fargateProfiles(networkReady)];
    for (const addon of plan.afterNodes) this.install(addon, compute);
  }

  /** Who comes in beside access entries, and what EKS runs on its side. */
  private admitOthers({ identityProvider, hybridNodes, capabilities }: ClusterOptions): void {
    const { environmentName, aws } = this.props;
    if (identityProvider !== undefined) {
      const { name, issuerUrl, clientId, requiredClaims, ...claims } = identityProvider;
      new EksIdentityProviderConfig(this, "identity_provider", {
        clusterName: this.eks.name,
        oidc: {
          identityProviderConfigName: name,
          issuerUrl,
          clientId,
          ...claims,
          ...(Object.keys(requiredClaims).length === 0 ? {} : { requiredClaims }),
        },
      });
    }
    if (hybridNodes !== undefined) {
      const { name, arn, securityGroupId } = this;
      new HybridNodes(this, "hybrid", {
        environmentName,
        aws,
        cluster: { name, arn, securityGroupId },
        hybrid: hybridNodes,
      });
    }
    const scope = new Construct(this, "capability");
    for (const [name, capability] of Object.entries(capabilities)) {
      new Capability(scope, name, {
        environmentName,
        name,
        partition: aws.partition,
        clusterName: this.eks.name,
        capability,
      });
    }
  }

  private install(addon: PlannedAddon, after: readonly ITerraformDependable[]): ITerraformDependable {
    const { environmentName, aws } = this.props;
    const agent = addon.roles.length === 0 ? undefined : this.addons.get("eks-pod-identity-agent");
    const installed = new Addon(this.addonScope, addon.name, {
      environmentName,
      partition: aws.partition,
      cluster: { name: this.eks.name, version: this.eks.version },
      addon,
      dependsOn: [...after, ...(agent === undefined ? [] : [agent.ready])],
    });
    this.addons.set(addon.name, installed);
    return installed.ready;
  }

  private nodeGroups(
    vpcCniUsesNodeRole: boolean,
    before: readonly ITerraformDependable[],
  ): { readonly roleArn: string; readonly ready: readonly ITerraformDependable[] } {
    const { environmentName, aws, cluster, network, kube2iamRoleArns = [] } = this.props;
    const groups = Object.entries(cluster.nodeGroups);
    if (groups.length === 0) {
      if (kube2iamRoleArns.length > 0) throw new Error(kube2iamWithoutNodes(kube2iamRoleArns));
      return { roleArn: "", ready: [] };
    }
    const role = new NodeRole(this, "node_role", {
      environmentName,
      partition: aws.partition,
      choice: cluster.roles.nodes,
      servesVpcCni: vpcCniUsesNodeRole,
      sessionManager: groups.some(([, group]) => group.sessionManager),
      kube2iamRoleArns,
    });
    // The provider's default tags stop at the launch template and reach nothing that it starts.
    const { tags } = new DataAwsDefaultTags(this, "default_tags");
    const nodes = new Construct(this, "nodes");
    const ready = groups.map(
      ([name, group]) =>
        new NodeGroup(nodes, name, {
          environmentName,
          name,
          cluster: { name: this.eks.name, version: this.eks.version },
          group,
          nodeRoleArn: role.arn,
          subnetIds: subnetsOf(group, network),
          tags,
          dependsOn: [...before, ...role.ready],
        }).ready,
    );
    return { roleArn: role.arn, ready };
  }

  private fargateProfiles(networkReady: readonly ITerraformDependable[]): readonly ITerraformDependable[] {
    const { environmentName, aws, cluster, network } = this.props;
    if (Object.keys(cluster.fargateProfiles).length === 0) return [];
    return new FargateProfiles(this, "fargate", {
      environmentName,
      aws,
      cluster: { name: cluster.name, reference: this.eks.name },
      profiles: cluster.fargateProfiles,
      role: cluster.roles.fargate,
      privateSubnetIds: network.privateSubnetIds,
      dependsOn: networkReady,
    }).ready;
  }
}

/** Subnets of a node group among those of the network. */
function subnetsOf({ subnets }: NodeGroupOptions, network: ClusterProps["network"]): readonly string[] {
  const { privateSubnetIds, zones = [] } = network;
  switch (subnets.kind) {
    case "all":
      return privateSubnetIds;
    case "zones":
      return privateSubnetIds.filter((_, index) => subnets.zones.includes(zones[index] ?? ""));
    case "ids":
      return subnets.subnetIds;
    default:
      return assertNever("subnets of a node group", subnets);
  }
}

function kube2iamWithoutNodes(arns: readonly string[]): string {
  return [
    `cluster.nodeGroups: there are none, while kube2iam is to take on ${arns.join(", ")}.`,
    "kube2iam does that with the role of the nodes it runs on, which only node groups have.",
    "Add a node group, or give those pods IRSA or Pod Identity.",
  ].join(" ");
}
