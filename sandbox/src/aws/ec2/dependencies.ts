import type { MotoClient } from "../moto-client";
import { elementText, elementTexts } from "../xml";
import { Ec2Client, filters, items } from "./client";

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
  const ec2 = new Ec2Client(moto, region);
  switch (action) {
    case "DeleteSubnet": {
      const id = parameters.get("SubnetId") ?? "";
      const users = [
        ...(await ec2.networkInterfaces({ "subnet-id": [id] })),
        ...(await loadBalancers(moto, region, "SubnetId", id)),
      ];
      return refusal(`The subnet '${id}' has dependencies and cannot be deleted.`, users);
    }
    case "DeleteSecurityGroup": {
      const id = parameters.get("GroupId") ?? "";
      const users = [
        ...(await ec2.networkInterfaces({ "group-id": [id] })),
        ...(await loadBalancers(moto, region, "SecurityGroups", id)),
        ...(await groupsThatName(ec2, id)),
      ];
      return refusal(`resource ${id} has a dependent object`, users);
    }
    case "DeleteVpc": {
      const id = parameters.get("VpcId") ?? "";
      const users = [
        ...(await securityGroups(ec2, id)),
        ...(await internetGateways(ec2, id)),
        ...(await loadBalancers(moto, region, "VpcId", id)),
      ];
      return refusal(`The vpc '${id}' has dependencies and cannot be deleted.`, users);
    }
    case "DetachInternetGateway": {
      const id = parameters.get("VpcId") ?? "";
      const users = await loadBalancers(moto, region, "VpcId", id, (xml) => !xml.includes("<Scheme>internal</Scheme>"));
      return refusal(`Network ${id} has some mapped public address(es).`, users);
    }
    default:
      return undefined;
  }
}

function refusal(message: string, users: readonly string[]): string | undefined {
  return users.length === 0 ? undefined : `${message} In use by: ${users.join(", ")}`;
}

async function groupsThatName(ec2: Ec2Client, id: string): Promise<readonly string[]> {
  const xml = await ec2.call("DescribeSecurityGroups", filters({ "ip-permission.group-id": [id] }));
  return items(xml, "securityGroupInfo")
    .map((item) => elementText(item, "groupId") ?? "")
    .filter((groupId) => groupId !== id);
}

async function securityGroups(ec2: Ec2Client, vpcId: string): Promise<readonly string[]> {
  const xml = await ec2.call("DescribeSecurityGroups", filters({ "vpc-id": [vpcId] }));
  return items(xml, "securityGroupInfo")
    .filter((item) => elementText(item, "groupName") !== "default")
    .map((item) => elementText(item, "groupId") ?? "");
}

async function internetGateways(ec2: Ec2Client, vpcId: string): Promise<readonly string[]> {
  const xml = await ec2.call("DescribeInternetGateways", filters({ "attachment.vpc-id": [vpcId] }));
  return elementTexts(xml, "internetGatewayId");
}

async function loadBalancers(
  moto: MotoClient,
  region: string,
  field: "SubnetId" | "SecurityGroups" | "VpcId",
  id: string,
  counts: (xml: string) => boolean = () => true,
): Promise<readonly string[]> {
  const scope = { accessKeyId: "SANDBOX", region, service: "elasticloadbalancing" };
  const xml = await moto.query(scope, "2015-12-01", "DescribeLoadBalancers", {});
  return xml
    .split("<member><LoadBalancerArn>")
    .slice(1)
    .filter((part) => elementTexts(part, field).some((text) => text.includes(id)) && counts(part))
    .map((part) => part.slice(0, part.indexOf("<")));
}
