import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { DefaultRoute, RoutedSubnet } from "./routes";
import type { NetworkOptions, ZoneLetter } from "./schema";
import { natCount } from "./subnet-counts";

type Nat = Extract<NetworkOptions, { kind: "create" }>["nat"];

export interface NatGatewaysProps {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  readonly nat: Nat;
  /** In the order of the zones; a single gateway stands in the first. */
  readonly publicSubnets: readonly { readonly zone: ZoneLetter; readonly subnet: RoutedSubnet }[];
  readonly internetGateway: ITerraformDependable;
}

/** Makes the NAT gateways, each with a fixed public address, and tells the way out of a zone's private subnet. */
export function makeNatGateways(scope: Construct, props: NatGatewaysProps): (zone: ZoneLetter) => DefaultRoute {
  const count = natCount(props.nat, props.publicSubnets.length);
  const gateways = props.publicSubnets.slice(0, count).map(({ zone, subnet }) => {
    const tags = { Name: `${props.environmentName}-nat-${zone}` };
    const address = new Eip(scope, `nat_${zone}`, {
      domain: "vpc",
      tags,
      // The internet gateway cannot be detached while the VPC has public addresses.
      dependsOn: [props.internetGateway],
    });
    const gateway = new NatGateway(scope, zone, {
      allocationId: address.id,
      subnetId: subnet.subnetId,
      tags,
      dependsOn: [subnet.ready],
    });
    return { zone, natGatewayId: gateway.id };
  });
  return (zone) => {
    const gateway = gateways.find((candidate) => candidate.zone === zone) ?? gateways[0];
    return gateway === undefined ? { kind: "none" } : { kind: "nat", natGatewayId: gateway.natGatewayId };
  };
}
