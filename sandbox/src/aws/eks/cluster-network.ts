import { EC2ServiceException } from "@aws-sdk/client-ec2";
import { holdsWithin } from "../../waiting";
import { Ec2, type Subnet } from "../ec2/client";
import type { Eks } from "./eks";
import { EksError } from "./errors";
import type { ClusterNetwork } from "./records";

/**
 * Zones in which EKS makes no control plane.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const refusedZones = ["use1-az3", "usw1-az2", "cac1-az3"];

/**
 * Looks a cluster's subnets up.
 *
 * @throws EksError InvalidParameterException when one is missing, or when they do not lie in two zones of one VPC;
 * UnsupportedAvailabilityZoneException when one lies in a zone without EKS
 */
export async function checkClusterSubnets(
  eks: Eks,
  clusterName: string,
  subnetIds: readonly string[],
): Promise<readonly Subnet[]> {
  const subnets = await findSubnets(eks, subnetIds);
  const refused = subnets.find(({ availabilityZoneId }) => refusedZones.includes(availabilityZoneId));
  if (refused !== undefined) {
    const zones = await new Ec2(eks.moto, eks.region).zones();
    const others = zones.filter(({ ZoneId = "" }) => !refusedZones.includes(ZoneId)).map(({ ZoneName }) => ZoneName);
    throw new EksError(
      "UnsupportedAvailabilityZoneException",
      `Cannot create cluster '${clusterName}' because ${refused.availabilityZone}, the targeted availability zone, does ` +
        "not currently have sufficient capacity to support the cluster. Retry and choose from these availability zones: " +
        others.join(", "),
    );
  }
  if (new Set(subnets.map(({ availabilityZone }) => availabilityZone)).size < 2) {
    throw new EksError("InvalidParameterException", "Subnets specified must be in at least two different AZs");
  }
  if (new Set(subnets.map(({ vpcId }) => vpcId)).size > 1) {
    throw new EksError("InvalidParameterException", "Subnets specified must belong to the same VPC");
  }
  return subnets;
}

/** @throws EksError InvalidParameterException when a subnet does not exist */
export async function findSubnets(eks: Eks, subnetIds: readonly string[]): Promise<readonly Subnet[]> {
  return new Ec2(eks.moto, eks.region).subnets(subnetIds).catch((error: unknown) => {
    throw error instanceof EC2ServiceException ? new EksError("InvalidParameterException", error.message) : error;
  });
}

/** Makes what EKS makes in the VPC: the cluster security group, and an interface of the control plane in two zones. */
export async function createClusterNetwork(
  eks: Eks,
  clusterName: string,
  subnets: readonly Subnet[],
): Promise<ClusterNetwork> {
  const ec2 = new Ec2(eks.moto, eks.region);
  const securityGroupId = await ec2.createSecurityGroup({
    name: `eks-cluster-sg-${clusterName}-${Math.floor(Math.random() * 1e9)}`,
    description: "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes",
    vpcId: subnets[0]?.vpcId ?? "",
    tags: {
      Name: `eks-cluster-sg-${clusterName}`,
      "aws:eks:cluster-name": clusterName,
      [`kubernetes.io/cluster/${clusterName}`]: "owned",
    },
  });
  const onePerZone = new Map(subnets.map((subnet) => [subnet.availabilityZone, subnet]));
  const networkInterfaceIds = await Promise.all(
    [...onePerZone.values()]
      .slice(0, 2)
      .map(({ subnetId }) => ec2.createNetworkInterface(subnetId, [securityGroupId], `Amazon EKS ${clusterName}`)),
  );
  return { securityGroupId, networkInterfaceIds };
}

/** Milliseconds for interfaces of nodes to go: the sandbox's nodes leave a moment after their group. */
const nodePatience = 15_000;

/** Takes it away again. A security group that something else still uses stays behind, as it does in AWS. */
export async function deleteClusterNetwork(eks: Eks, network: ClusterNetwork): Promise<void> {
  const ec2 = new Ec2(eks.moto, eks.region);
  for (const id of network.networkInterfaceIds) {
    await ignoringMissing(ec2.deleteNetworkInterface(id));
  }
  const users = () => ec2.networkInterfaces({ "group-id": [network.securityGroupId] });
  if (await holdsWithin(nodePatience, async () => (await users()).length === 0)) {
    await ignoringMissing(ec2.deleteSecurityGroup(network.securityGroupId));
  }
}

async function ignoringMissing(deletion: Promise<void>): Promise<void> {
  await deletion.catch((error: unknown) => {
    if (!(error instanceof EC2ServiceException && error.name.endsWith(".NotFound"))) {
      throw error;
    }
  });
}
