import {
  AssignPrivateIpAddressesCommand,
  DeleteNetworkInterfaceCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type _InstanceType as InstanceType,
  RunInstancesCommand,
  TerminateInstancesCommand,
  UnassignPrivateIpAddressesCommand,
} from "@aws-sdk/client-ec2";
import {
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  ListNodegroupsCommand,
  type Nodegroup,
  ResourceNotFoundException,
} from "@aws-sdk/client-eks";
import { z } from "zod";
import { sdkOptions } from "./aws/sdk";
import type { Aws } from "./aws/start";
import type { ControlPlane } from "./kubernetes/control-plane";
import { addressOf, type HostedNode, hostedNode, withInstance, zoneOf } from "./kubernetes/instance-node";
import type { Manifest } from "./kubernetes/kubernetes-object";
import { nodeManifests, withNewAddress } from "./kubernetes/nodes";
import type { SandboxPlan } from "./plan";
import { type Repetition, repeatedly } from "./repeatedly";

export interface CloudNodesProps {
  readonly aws: Aws;
  readonly controlPlane: ControlPlane;
  readonly plan: SandboxPlan;
  readonly kubeletVersion: string;
  readonly onError: (error: unknown) => void;
  /** Runs the pods of some nodes. Default: every node is played. */
  readonly host?: NodeHost;
}

/** What runs the pods of a node for real, on one node a zone beside those that are played. */
export interface NodeHost {
  start(node: HostedNode): Promise<void>;
  stop(name: string): Promise<void>;
}

/** Milliseconds between two looks at the node groups and the pods. */
const interval = 500;

/** Nodes that there is room for in each zone's subnet. */
const nodesPerZone = 4;

/** Any image will do: nothing boots. */
const image = "ami-00000000000000000";

const podSchema = z.looseObject({
  spec: z.looseObject({ nodeName: z.string().optional() }),
  status: z.looseObject({ podIP: z.string().optional() }).optional(),
});

interface CloudNode {
  readonly name: string;
  /** The node as it was before it had an instance; another may take its place. */
  readonly manifest: Manifest;
  readonly group: string;
  readonly zone: string;
  readonly isHosted: boolean;
  readonly address: string;
  readonly instanceId: string;
  readonly interfaceId: string;
  /** Addresses of pods that its network interface has. */
  readonly podAddresses: Set<string>;
}

/**
 * Lets nodes come and go with their node groups, as EKS does: an EC2 instance in a subnet of the group with the cluster's
 * security group, a Node that names it, and on the instance's network interface the addresses of its pods, as the VPC CNI
 * would put them there. Controllers that look from a pod to its instance and security group find what they would in AWS.
 */
export class CloudNodes {
  private readonly ec2: EC2Client;
  private readonly eks: EKSClient;
  private readonly nodes = new Map<string, CloudNode>();
  private readonly free: Manifest[];
  /** Nodes that there have been, by zone. */
  private readonly serials = new Map<string, number>();
  private readonly looking: Repetition;

  constructor(private readonly props: CloudNodesProps) {
    const { aws, plan, kubeletVersion } = props;
    this.ec2 = new EC2Client(sdkOptions(aws.endpoint, plan.region));
    this.eks = new EKSClient(sdkOptions(aws.endpoint, plan.region));
    this.free = [...nodeManifests({ zones: plan.zones, count: plan.zones.length * nodesPerZone }, kubeletVersion)];
    this.looking = repeatedly(interval, () => this.look(), props.onError);
  }

  async stop(): Promise<void> {
    await this.looking.stop();
  }

  private async look(): Promise<void> {
    const groups = await this.nodeGroups();
    for (const node of [...this.nodes.values()].filter(({ group }) => !groups.includes(group))) {
      await this.leave(node);
    }
    for (const group of groups) {
      await this.join(group);
    }
    await this.assignPodAddresses();
  }

  private async nodeGroups(): Promise<readonly string[]> {
    const { clusterName } = this.props.plan;
    const listed = this.eks.send(new ListNodegroupsCommand({ clusterName })).catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException) {
        return { nodegroups: [] };
      }
      throw error;
    });
    return (await listed).nodegroups ?? [];
  }

  /** Adds nodes until the group has as many as it wants, and where there is a host, to each zone one that runs pods. */
  private async join(groupName: string): Promise<void> {
    const { clusterName } = this.props.plan;
    const command = new DescribeNodegroupCommand({ clusterName, nodegroupName: groupName });
    const { nodegroup: group = {} } = await this.eks.send(command);
    const zones = await this.zonesOf(group.subnets ?? []);
    const played = [...this.nodes.values()].filter((node) => node.group === groupName && !node.isHosted).length;
    for (let index = played; index < (group.scalingConfig?.desiredSize ?? 0); index += 1) {
      await this.add(group, zones, false);
    }
    if (this.props.host !== undefined) {
      const hosted = [...this.nodes.values()].flatMap(({ isHosted, zone }) => (isHosted ? zone : []));
      for (const [zone, subnet] of [...zones].filter(([name]) => !hosted.includes(name))) {
        await this.add(group, new Map([[zone, subnet]]), true);
      }
    }
  }

  private async add(group: Nodegroup, zones: ReadonlyMap<string, string>, isHosted: boolean): Promise<void> {
    const place = this.free.findIndex((manifest) => zones.has(zoneOf(manifest)));
    const [block] = place < 0 ? [] : this.free.splice(place, 1);
    if (block === undefined) {
      return;
    }
    const manifest = this.newlyAddressed(block);
    const zone = zoneOf(manifest);
    const address = addressOf(manifest);
    const { nodegroupName = "", instanceTypes = [] } = group;
    const instanceType = instanceTypes[0] ?? "m7i.large";
    const running = this.runInstance(nodegroupName, zones.get(zone) ?? "", address, instanceType);
    const instance = await running.catch((error: unknown) => {
      this.free.push(block);
      throw error;
    });
    const { name } = manifest.metadata;
    const podAddresses = new Set<string>();
    const node = { name, manifest, group: nodegroupName, zone, isHosted, address, ...instance, podAddresses };
    this.nodes.set(name, node);
    const joining = withInstance(manifest, instance.instanceId, { group, instanceType, isHosted });
    try {
      await this.props.controlPlane.api.create(joining);
      if (isHosted) {
        await this.props.host?.start(hostedNode(joining));
      }
    } catch (error) {
      await this.leave(node);
      throw error;
    }
  }

  /** An address counts as taken for a while after its instance is gone, so each node gets one of its own. */
  private newlyAddressed(manifest: Manifest): Manifest {
    const zone = this.props.plan.zones.find(({ name }) => name === zoneOf(manifest));
    if (zone === undefined) {
      return manifest;
    }
    const serial = this.serials.get(zone.name) ?? 0;
    this.serials.set(zone.name, serial + 1);
    return withNewAddress(manifest, zone, serial, nodesPerZone);
  }

  private async leave({ name, manifest, isHosted, instanceId, interfaceId }: CloudNode): Promise<void> {
    if (isHosted) {
      await this.props.host?.stop(name);
    }
    await this.props.controlPlane.api.delete(`/api/v1/nodes/${name}`);
    await this.ec2.send(new TerminateInstancesCommand({ InstanceIds: [instanceId] }));
    // It goes with the instance in AWS; moto forgets that.
    await this.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: interfaceId }));
    this.nodes.delete(name);
    this.free.push(manifest);
  }

  private async runInstance(group: string, subnetId: string, address: string, instanceType: string) {
    const { clusterName } = this.props.plan;
    const { cluster } = await this.eks.send(new DescribeClusterCommand({ name: clusterName }));
    const securityGroup = cluster?.resourcesVpcConfig?.clusterSecurityGroupId;
    const { Instances = [] } = await this.ec2.send(
      new RunInstancesCommand({
        ImageId: image,
        // The SDK lists the types that there were when it was released.
        InstanceType: instanceType as InstanceType,
        MinCount: 1,
        MaxCount: 1,
        SubnetId: subnetId,
        PrivateIpAddress: address,
        SecurityGroupIds: securityGroup === undefined ? [] : [securityGroup],
        TagSpecifications: [
          {
            ResourceType: "instance",
            Tags: [
              { Key: `kubernetes.io/cluster/${clusterName}`, Value: "owned" },
              { Key: "eks:cluster-name", Value: clusterName },
              { Key: "eks:nodegroup-name", Value: group },
            ],
          },
        ],
      }),
    );
    const [instance] = Instances;
    return {
      instanceId: instance?.InstanceId ?? "",
      interfaceId: instance?.NetworkInterfaces?.[0]?.NetworkInterfaceId ?? "",
    };
  }

  /** Subnets by the name of their zone. */
  private async zonesOf(subnets: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { Subnets = [] } = await this.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...subnets] }));
    return new Map(Subnets.map(({ AvailabilityZone = "", SubnetId = "" }) => [AvailabilityZone, SubnetId]));
  }

  private async assignPodAddresses(): Promise<void> {
    const pods =
      (await this.props.controlPlane.api.list("/api/v1/pods"))?.items.map((pod) => podSchema.parse(pod)) ?? [];
    for (const { name, address, interfaceId, podAddresses } of this.nodes.values()) {
      const wanted = new Set(
        pods
          .filter(({ spec }) => spec.nodeName === name)
          .flatMap(({ status }) => status?.podIP ?? [])
          // A pod on the host's network has the node's own address.
          .filter((podIp) => podIp !== address),
      );
      const missing = [...wanted].filter((podIp) => !podAddresses.has(podIp));
      const gone = [...podAddresses].filter((podIp) => !wanted.has(podIp));
      if (missing.length > 0) {
        await this.ec2.send(
          new AssignPrivateIpAddressesCommand({ NetworkInterfaceId: interfaceId, PrivateIpAddresses: missing }),
        );
        for (const podIp of missing) {
          podAddresses.add(podIp);
        }
      }
      if (gone.length > 0) {
        await this.ec2.send(
          new UnassignPrivateIpAddressesCommand({ NetworkInterfaceId: interfaceId, PrivateIpAddresses: gone }),
        );
        for (const podIp of gone) {
          podAddresses.delete(podIp);
        }
      }
    }
  }
}
