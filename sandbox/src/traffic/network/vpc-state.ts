import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  type SecurityGroup,
  type Subnet,
} from "@aws-sdk/client-ec2";
import type { NetworkInterface } from "./firewall";

export interface VpcState {
  readonly groups: readonly SecurityGroup[];
  readonly subnets: readonly Subnet[];
  /** Network interfaces of instances, with the addresses of the pods on them. */
  readonly interfaces: readonly NetworkInterface[];
  /** Addresses of instances by their ids. */
  readonly instances: ReadonlyMap<string, string>;
}

/** The network of a VPC that nothing was made in yet. */
export const noVpc: VpcState = { groups: [], subnets: [], interfaces: [], instances: new Map() };

export async function readVpc(ec2: EC2Client): Promise<VpcState> {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
  return {
    groups: SecurityGroups,
    subnets: Subnets,
    interfaces: NetworkInterfaces.map(({ NetworkInterfaceId = "", PrivateIpAddresses = [], Groups = [] }) => ({
      name: NetworkInterfaceId.replaceAll("-", "_"),
      addresses: PrivateIpAddresses.flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []),
      groups: Groups.flatMap(({ GroupId }) => GroupId ?? []),
    })),
    instances: new Map(
      NetworkInterfaces.flatMap(({ Attachment, PrivateIpAddress = "" }) =>
        Attachment?.InstanceId === undefined ? [] : [[Attachment.InstanceId, PrivateIpAddress] as const],
      ),
    ),
  };
}

/** The network of the first VPC that is not the account's default one; undefined until it is there. */
export async function vpcCidr(ec2: EC2Client): Promise<string | undefined> {
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  return Vpcs.find(({ IsDefault }) => IsDefault !== true)?.CidrBlock;
}
