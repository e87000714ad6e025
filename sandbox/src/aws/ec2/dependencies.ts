import {
  DescribeInternetGatewaysCommand,
  DescribeSecurityGroupsCommand,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";
import {
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  type LoadBalancer,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { MotoClient } from "../moto-client";
import { sdkOptions } from "../sdk";
import { Ec2, filters } from "./client";

/**
 * Why AWS would refuse to delete something that is in use, where moto would delete it: a subnet with a network interface
 * or load balancer in it, a security group that one of them has or that a rule of another group names, a VPC that still
 * holds a security group or load balancer or is attached to an internet gateway.
 *
 * @returns the message of a DependencyViolation, or undefined when nothing stands against the call
 */
export async function dependents(
  moto: MotoClient,
  region: string,
  action: string,
  parameters: URLSearchParams,
): Promise<string | undefined> {
  const ec2 = new Ec2(moto, region);
  switch (action) {
    case "DeleteSubnet": {
      const id = parameters.get("SubnetId") ?? "";
      const users = [
        ...(await ec2.networkInterfaces({ "subnet-id": [id] })),
        ...(await loadBalancers(moto, region, ({ AvailabilityZones }) =>
          AvailabilityZones?.some(({ SubnetId }) => SubnetId === id),
        )),
      ];
      return refusal(`The subnet '${id}' has dependencies and cannot be deleted.`, users);
    }
    case "DeleteSecurityGroup": {
      const id = parameters.get("GroupId") ?? "";
      const users = [
        ...(await ec2.networkInterfaces({ "group-id": [id] })),
        ...(await loadBalancers(moto, region, ({ SecurityGroups }) => SecurityGroups?.includes(id))),
        ...(await groupsThatName(ec2, id)),
      ];
      return refusal(`resource ${id} has a dependent object`, users);
    }
    case "DeleteVpc": {
      const id = parameters.get("VpcId") ?? "";
      const users = [
        ...(await ownSecurityGroups(ec2, id)),
        ...(await internetGateways(ec2, id)),
        ...(await loadBalancers(moto, region, ({ VpcId }) => VpcId === id)),
      ];
      return refusal(`The vpc '${id}' has dependencies and cannot be deleted.`, users);
    }
    case "DetachInternetGateway": {
      const id = parameters.get("VpcId") ?? "";
      const users = await loadBalancers(moto, region, ({ VpcId, Scheme }) => VpcId === id && Scheme !== "internal");
      return refusal(`Network ${id} has some mapped public address(es).`, users);
    }
    default:
      return undefined;
  }
}

function refusal(message: string, users: readonly string[]): string | undefined {
  return users.length === 0 ? undefined : `${message} In use by: ${users.join(", ")}`;
}

async function groupsThatName(ec2: Ec2, id: string): Promise<readonly string[]> {
  const groups = await securityGroups(ec2, { "ip-permission.group-id": [id] });
  return groups.flatMap(({ GroupId }) => GroupId ?? []).filter((groupId) => groupId !== id);
}

/** Those that go only when somebody deletes them. */
async function ownSecurityGroups(ec2: Ec2, vpcId: string): Promise<readonly string[]> {
  const groups = await securityGroups(ec2, { "vpc-id": [vpcId] });
  return groups.filter(({ GroupName }) => GroupName !== "default").flatMap(({ GroupId }) => GroupId ?? []);
}

async function securityGroups(ec2: Ec2, wanted: Parameters<typeof filters>[0]): Promise<readonly SecurityGroup[]> {
  const command = new DescribeSecurityGroupsCommand({ Filters: filters(wanted) });
  return (await ec2.client.send(command)).SecurityGroups ?? [];
}

async function internetGateways(ec2: Ec2, vpcId: string): Promise<readonly string[]> {
  const command = new DescribeInternetGatewaysCommand({ Filters: filters({ "attachment.vpc-id": [vpcId] }) });
  const { InternetGateways = [] } = await ec2.client.send(command);
  return InternetGateways.flatMap(({ InternetGatewayId }) => InternetGatewayId ?? []);
}

/** The ARNs of the load balancers that something holds of. */
async function loadBalancers(
  moto: MotoClient,
  region: string,
  holds: (balancer: LoadBalancer) => boolean | undefined,
): Promise<readonly string[]> {
  const client = new ElasticLoadBalancingV2Client(sdkOptions(moto.endpoint, region));
  const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({}));
  return LoadBalancers.filter(holds).flatMap(({ LoadBalancerArn }) => LoadBalancerArn ?? []);
}
