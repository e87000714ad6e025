import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { allow, policyDocument } from "../identity/policy";
import { assertNever } from "../schema/assert-never";
import type { HybridNodes as HybridNodesOptions } from "./control-plane-schema";
import { ServiceRole } from "./service-role";

export interface HybridNodesProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  readonly aws: { readonly region: string; readonly accountId: string; readonly partition: Partition };
  readonly cluster: {
    readonly name: string;
    readonly arn: string;
    /** Security group that EKS makes for control plane and nodes. */
    readonly securityGroupId: string;
  };
  readonly hybrid: HybridNodesOptions;
}

/** Lets machines outside AWS join as nodes: their role, their entry, and their way to the API server. */
export class HybridNodes extends Construct {
  constructor(scope: Construct, id: string, props: HybridNodesProps) {
    super(scope, id);
    const { cluster, hybrid } = props;
    new EksAccessEntry(this, "entry", {
      clusterName: cluster.name,
      principalArn: this.roleArn(props),
      type: "HYBRID_LINUX",
    });
    // Webhooks and the API server answer both. Source: EKS user guide, "Prepare networking for hybrid nodes".
    for (const network of [...hybrid.nodeNetworks, ...hybrid.podNetworks]) {
      new VpcSecurityGroupIngressRule(this, network.replaceAll(/[./]/g, "-"), {
        securityGroupId: cluster.securityGroupId,
        description: `API server, for hybrid nodes and their pods in ${network}`,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: network,
      });
    }
  }

  private roleArn({ environmentName, aws, cluster, hybrid }: HybridNodesProps): string {
    const { partition, region, accountId } = aws;
    switch (hybrid.credentials.kind) {
      case "existing-role":
        return hybrid.credentials.roleArn;
      case "systems-manager":
        return new ServiceRole(this, "role", {
          name: `${environmentName}-hybrid-node`,
          partition,
          trust: policyDocument({
            Effect: "Allow",
            Principal: { Service: "ssm.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": accountId },
              ArnEquals: { "aws:SourceArn": `arn:${partition}:ssm:${region}:${accountId}:*` },
            },
          }),
          managedPolicies: ["AmazonSSMManagedInstanceCore", "AmazonEC2ContainerRegistryPullOnly"],
          // Source: EKS user guide, "Prepare credentials for hybrid nodes".
          policy: policyDocument(
            allow(["eks:DescribeCluster", "eks-auth:AssumeRoleForPodIdentity"], cluster.arn),
            // IAM knows no narrower resource for a list.
            allow(["ssm:DescribeInstanceInformation"], "*"),
            allow(["ssm:DeregisterManagedInstance"], `arn:${partition}:ssm:${region}:${accountId}:managed-instance/*`, {
              StringEquals: { "ssm:resourceTag/EKSClusterARN": cluster.arn },
            }),
          ),
        }).arn;
      default:
        return assertNever("credentials of hybrid nodes", hybrid.credentials);
    }
  }
}
