import { z } from "zod";
import { MotoClient, MotoError } from "./aws/moto-client";
import type { Aws } from "./aws/start";
import { elementText } from "./aws/xml";
import type { ControlPlane } from "./kubernetes/control-plane";
import type { Manifest } from "./kubernetes/kubernetes-object";
import { nodeManifests } from "./kubernetes/nodes";
import type { SandboxPlan } from "./plan";
import { type Repetition, repeatedly } from "./repeatedly";

export interface CloudNodesProps {
  readonly aws: Aws;
  readonly controlPlane: ControlPlane;
  readonly plan: SandboxPlan;
  readonly kubeletVersion: string;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks at the node groups and the pods. */
const interval = 500;

/** Nodes that there is room for in each zone's subnet. */
const nodesPerZone = 4;

/** Any image will do: nothing boots. */
const image = "ami-00000000000000000";

const clusterSchema = z.looseObject({
  cluster: z.looseObject({ resourcesVpcConfig: z.looseObject({ clusterSecurityGroupId: z.string() }) }),
});
const groupsSchema = z.looseObject({ nodegroups: z.array(z.string()) });
const groupSchema = z.looseObject({
  nodegroup: z.looseObject({
    subnets: z.array(z.string()),
    scalingConfig: z.looseObject({ desiredSize: z.number() }),
    instanceTypes: z.array(z.string()).default([]),
    labels: z.record(z.string(), z.string()).default({}),
  }),
});
const podSchema = z.looseObject({
  spec: z.looseObject({ nodeName: z.string().optional() }),
  status: z.looseObject({ podIP: z.string().optional() }).optional(),
});

interface CloudNode {
  readonly name: string;
  /** The node as it was before it had an instance; another may take its place. */
  readonly manifest: Manifest;
  readonly group: string;
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
  private readonly moto: MotoClient;
  private readonly nodes = new Map<string, CloudNode>();
  private readonly free: Manifest[];
  private readonly looking: Repetition;

  constructor(private readonly props: CloudNodesProps) {
    const { aws, plan, kubeletVersion } = props;
    this.moto = new MotoClient(Number(new URL(aws.endpoint).port));
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
    const path = `/clusters/${this.props.plan.clusterName}/node-groups`;
    return groupsSchema.parse((await this.eks(path)) ?? { nodegroups: [] }).nodegroups;
  }

  /** Adds nodes until the group has as many as it wants. */
  private async join(group: string): Promise<void> {
    const { clusterName } = this.props.plan;
    const described = groupSchema.parse(await this.eks(`/clusters/${clusterName}/node-groups/${group}`));
    const { subnets, scalingConfig, instanceTypes, labels } = described.nodegroup;
    const zones = await this.zonesOf(subnets);
    const present = [...this.nodes.values()].filter((node) => node.group === group).length;
    for (let index = present; index < scalingConfig.desiredSize; index += 1) {
      const place = this.free.findIndex((manifest) => zones.has(zoneOf(manifest)));
      const [manifest] = place < 0 ? [] : this.free.splice(place, 1);
      if (manifest === undefined) {
        return;
      }
      const instanceType = instanceTypes[0] ?? "m7i.large";
      const instance = await this.runInstance(
        group,
        zones.get(zoneOf(manifest)) ?? "",
        addressOf(manifest),
        instanceType,
      );
      const { name } = manifest.metadata;
      const node = {
        name,
        manifest,
        group,
        address: addressOf(manifest),
        ...instance,
        podAddresses: new Set<string>(),
      };
      this.nodes.set(name, node);
      const joining = withInstance(manifest, instance.instanceId, { group, instanceType, labels });
      await this.props.controlPlane.api.create(joining).catch(async (error: unknown) => {
        await this.leave(node);
        throw error;
      });
    }
  }

  private async leave({ name, manifest, instanceId, interfaceId }: CloudNode): Promise<void> {
    await this.props.controlPlane.api.delete(`/api/v1/nodes/${name}`);
    await this.ec2("TerminateInstances", { "InstanceId.1": instanceId });
    // It goes with the instance in AWS; moto forgets that.
    await this.ec2("DeleteNetworkInterface", { NetworkInterfaceId: interfaceId });
    this.nodes.delete(name);
    this.free.push(manifest);
  }

  private async runInstance(group: string, subnetId: string, address: string, instanceType: string) {
    const { clusterName } = this.props.plan;
    const { resourcesVpcConfig } = clusterSchema.parse(await this.eks(`/clusters/${clusterName}`)).cluster;
    const xml = await this.ec2("RunInstances", {
      ImageId: image,
      InstanceType: instanceType,
      MinCount: "1",
      MaxCount: "1",
      SubnetId: subnetId,
      PrivateIpAddress: address,
      "SecurityGroupId.1": resourcesVpcConfig.clusterSecurityGroupId,
      "TagSpecification.1.ResourceType": "instance",
      "TagSpecification.1.Tag.1.Key": `kubernetes.io/cluster/${clusterName}`,
      "TagSpecification.1.Tag.1.Value": "owned",
      "TagSpecification.1.Tag.2.Key": "eks:nodegroup-name",
      "TagSpecification.1.Tag.2.Value": group,
    });
    return {
      instanceId: elementText(xml, "instanceId") ?? "",
      interfaceId: elementText(xml, "networkInterfaceId") ?? "",
    };
  }

  /** Subnets by the name of their zone. */
  private async zonesOf(subnets: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const entries = subnets.map(async (id) => {
      const xml = await this.ec2("DescribeSubnets", { "SubnetId.1": id });
      return [elementText(xml, "availabilityZone") ?? "", id] as const;
    });
    return new Map(await Promise.all(entries));
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
        await this.ec2("AssignPrivateIpAddresses", { NetworkInterfaceId: interfaceId, ...numbered(missing) });
        for (const podIp of missing) {
          podAddresses.add(podIp);
        }
      }
      if (gone.length > 0) {
        await this.ec2("UnassignPrivateIpAddresses", { NetworkInterfaceId: interfaceId, ...numbered(gone) });
        for (const podIp of gone) {
          podAddresses.delete(podIp);
        }
      }
    }
  }

  /** Undefined when there is no such thing. */
  private async eks(url: string): Promise<unknown> {
    return this.moto.json(this.scope("eks"), { method: "GET", url }).catch((error: unknown) => {
      if (error instanceof MotoError && error.status === 404) {
        return undefined;
      }
      throw error;
    });
  }

  private async ec2(action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    return this.moto.query(this.scope("ec2"), "2016-11-15", action, parameters);
  }

  private scope(service: string) {
    return { accessKeyId: "SANDBOX", region: this.props.plan.region, service };
  }
}

const numbered = (addresses: readonly string[]) =>
  Object.fromEntries(addresses.map((address, index) => [`PrivateIpAddress.${index + 1}`, address]));

const nodeSchema = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
  spec: z.looseObject({}),
  status: z.looseObject({ addresses: z.array(z.looseObject({ type: z.string(), address: z.string() })) }),
});

function zoneOf(manifest: Manifest): string {
  return nodeSchema.parse(manifest).metadata.labels["topology.kubernetes.io/zone"] ?? "";
}

function addressOf(manifest: Manifest): string {
  return nodeSchema.parse(manifest).status.addresses.find(({ type }) => type === "InternalIP")?.address ?? "";
}

function withInstance(
  manifest: Manifest,
  instanceId: string,
  of: { readonly group: string; readonly instanceType: string; readonly labels: Readonly<Record<string, string>> },
): Manifest {
  const { metadata, spec } = nodeSchema.parse(manifest);
  return {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      labels: {
        ...metadata.labels,
        ...of.labels,
        "eks.amazonaws.com/nodegroup": of.group,
        "node.kubernetes.io/instance-type": of.instanceType,
      },
    },
    spec: { ...spec, providerID: `aws:///${zoneOf(manifest)}/${instanceId}` },
  };
}
