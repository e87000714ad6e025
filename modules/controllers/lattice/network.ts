import { DataAwsEc2ManagedPrefixList } from "@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { VpclatticeAuthPolicy } from "@cdktf/provider-aws/lib/vpclattice-auth-policy";
import { VpclatticeServiceNetwork } from "@cdktf/provider-aws/lib/vpclattice-service-network";
import { VpclatticeServiceNetworkVpcAssociation } from "@cdktf/provider-aws/lib/vpclattice-service-network-vpc-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument } from "../../identity/policy";
import type { LatticeAuthorization } from "./callers-schema";

export interface ServiceNetworkProps {
  /** Name of the service network; a Gateway of this name stands for it. */
  readonly name: string;
  readonly authType: LatticeAuthorization["kind"];
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  /** Security group of nodes and pods. */
  readonly securityGroupId: string;
  /** Ports at which Lattice reaches pods. */
  readonly ports: readonly number[];
}

/** Who is not signed in has no account, so nobody unsigned is let in. */
function callers({ accountId }: ServiceNetworkProps): string {
  return JSON.stringify(
    policyDocument({
      Sid: "SignedByThisAccount",
      Effect: "Allow",
      Principal: "*",
      Action: "vpc-lattice-svcs:Invoke",
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
    }),
  );
}

/**
 * A service network, and the way between it and the cluster: out of the VPC for those who call, into its pods for what
 * they call. Terraform owns it and not the controller, so that it goes when the environment goes.
 * Source: AWS Gateway API Controller, "Deploy" and "Gateway API Reference".
 */
export class ServiceNetwork extends Construct {
  /** What a Gateway waits for. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceNetworkProps) {
    super(scope, id);
    const network = new VpclatticeServiceNetwork(this, "Resource", {
      name: props.name,
      authType: props.authType,
    });
    const policies =
      props.authType === "NONE"
        ? []
        : [new VpclatticeAuthPolicy(this, "callers", { resourceIdentifier: network.arn, policy: callers(props) })];
    const association = new VpclatticeServiceNetworkVpcAssociation(this, "vpc", {
      serviceNetworkIdentifier: network.id,
      vpcIdentifier: props.vpcId,
      // EKS's own group admits its members and nobody else, so the cluster calls and the rest of the VPC does not.
      securityGroupIds: [props.securityGroupId],
    });
    const addresses = new DataAwsEc2ManagedPrefixList(this, "addresses", {
      name: `com.amazonaws.${props.region}.vpc-lattice`,
    });
    const rules = props.ports.map(
      (port) =>
        new VpcSecurityGroupIngressRule(this, `port-${port}`, {
          securityGroupId: props.securityGroupId,
          description: `VPC Lattice, service network ${props.name}`,
          prefixListId: addresses.id,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
        }),
    );
    this.ready = [association, ...policies, ...rules];
  }
}
