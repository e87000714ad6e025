import { Apigatewayv2VpcLink } from "@cdktf/provider-aws/lib/apigatewayv2-vpc-link";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";
import type { ApiNetwork } from "./load-balancer";

export interface VpcLinkProps {
  /** Name in AWS. */
  readonly name: string;
  readonly network: ApiNetwork;
  /** Ports of the load balancer's listeners. */
  readonly ports: readonly number[];
}

/** VPC link V2: network interfaces of API Gateway in the VPC. */
export class VpcLink extends Construct {
  readonly id: string;
  /** Security group of the interfaces. */
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: VpcLinkProps) {
    super(scope, id);
    const { name, network } = props;
    const group = new SecurityGroup(this, "security-group", {
      name: `${name}-vpc-link`,
      description: `VPC link ${name}`,
      vpcId: network.vpcId,
      tags: { Name: `${name}-vpc-link` },
    });
    for (const port of props.ports) {
      new VpcSecurityGroupEgressRule(this, `to-load-balancer_${port}`, {
        securityGroupId: group.id,
        description: "Load balancer of the API",
        cidrIpv4: network.vpcCidr,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      });
    }
    this.securityGroupId = group.id;
    this.id = new Apigatewayv2VpcLink(this, "Resource", {
      name,
      subnetIds: network.privateSubnetIds,
      securityGroupIds: [group.id],
    }).id;
  }
}
