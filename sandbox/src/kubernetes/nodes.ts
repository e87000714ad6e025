import { createHash } from "node:crypto";
import { Netmask } from "netmask";
import type { Manifest } from "./kubernetes-object";

export interface NodesProps {
  /** How many nodes; they go round the zones. */
  readonly count: number;
  /** One entry an availability zone: its name, and the CIDR of the private subnet that node and pod addresses are of. */
  readonly zones: readonly NodeZone[];
  /** Name of the managed node group, label `eks.amazonaws.com/nodegroup`. Default `default`. */
  readonly nodeGroup?: string;
  /** EC2 instance type, label `node.kubernetes.io/instance-type`. Default `m7i.large`. */
  readonly instanceType?: string;
}

export interface NodeZone {
  /** For example `eu-central-1a`. */
  readonly name: string;
  /** For example `10.0.64.0/19`. */
  readonly subnetCidr: string;
}

/** Annotation of the nodes that KWOK plays; every other one is its kubelet's. */
export const playedNode = { key: "kwok.x-k8s.io/node", value: "fake" } as const;

/**
 * Node objects for KWOK to play, with what the cloud's controllers read off a node of EKS: a provider id
 * `aws:///ZONE/INSTANCE-ID`, zone and node group labels, an address and a pod CIDR of the zone's private subnet.
 *
 * Each subnet is cut into equal blocks: the first holds the nodes' own addresses, every other one a node's pods. So no
 * two pods of the cluster have the same address, and all of them are addresses of the VPC, as with the VPC CNI.
 *
 * @throws Error when there is no zone, or a subnet is too small to give each of its nodes 14 pod addresses.
 */
export function nodeManifests(props: NodesProps, kubeletVersion: string): readonly Manifest[] {
  const { zones, count } = props;
  const nodesPerZone = Math.ceil(count / zones.length);
  return Array.from({ length: count }, (_, index) => {
    const zone = zones[index % zones.length];
    if (zone === undefined) {
      throw new Error(
        "sandbox: nodes.zones is empty. A node lies in a zone, its address and provider id say which. " +
          "Write at least one zone with the CIDR of its private subnet.",
      );
    }
    const indexInZone = Math.floor(index / zones.length);
    const addresses = nodeAddresses(zone, indexInZone, nodesPerZone);
    const name = `ip-${addresses.internalIp.replaceAll(".", "-")}.${regionOf(zone.name)}.compute.internal`;
    return {
      apiVersion: "v1",
      kind: "Node",
      metadata: {
        name,
        annotations: { [playedNode.key]: playedNode.value },
        labels: {
          "eks.amazonaws.com/capacityType": "ON_DEMAND",
          "eks.amazonaws.com/nodegroup": props.nodeGroup ?? "default",
          "kubernetes.io/arch": "amd64",
          "kubernetes.io/hostname": name,
          "kubernetes.io/os": "linux",
          "node.kubernetes.io/instance-type": props.instanceType ?? "m7i.large",
          "topology.kubernetes.io/region": regionOf(zone.name),
          "topology.kubernetes.io/zone": zone.name,
        },
      },
      spec: {
        podCIDR: addresses.podCidr,
        podCIDRs: [addresses.podCidr],
        providerID: `aws:///${zone.name}/${instanceId(name)}`,
      },
      status: {
        addresses: [
          { type: "InternalIP", address: addresses.internalIp },
          { type: "InternalDNS", address: name },
          { type: "Hostname", address: name },
        ],
        // Plenty of CPU and memory: nothing runs. The pods are limited, KWOK would run over the end of the block.
        allocatable: { cpu: "64", memory: "256Gi", pods: String(addresses.podLimit) },
        capacity: { cpu: "64", memory: "256Gi", pods: String(addresses.podLimit) },
        nodeInfo: {
          architecture: "amd64",
          bootID: "",
          containerRuntimeVersion: "kwok",
          kernelVersion: "kwok",
          kubeProxyVersion: "",
          kubeletVersion,
          machineID: "",
          operatingSystem: "linux",
          osImage: "KWOK",
          systemUUID: "",
        },
      },
    };
  });
}

/**
 * The same node under another address of those that its subnet has for nodes, as a new instance gets one.
 *
 * @param serial how many nodes there have been in the zone before it
 * @param nodesPerZone how many at a time there is room for
 */
export function withNewAddress(node: Manifest, zone: NodeZone, serial: number, nodesPerZone: number): Manifest {
  const subnet = new Netmask(zone.subnetCidr);
  const room = 2 ** (32 - blockPrefixOf(subnet, nodesPerZone)) - reservedAddresses - 1;
  const address = addressAt(subnet, reservedAddresses + (serial % room));
  const before = node.metadata.name;
  const name = `ip-${address.replaceAll(".", "-")}.${regionOf(zone.name)}.compute.internal`;
  const text = JSON.stringify(node).replaceAll(JSON.stringify(before), JSON.stringify(name));
  return JSON.parse(text.replaceAll(JSON.stringify(addressIn(before)), JSON.stringify(address)));
}

/** `10.0.64.4` of `ip-10-0-64-4.eu-central-1.compute.internal`. */
function addressIn(nodeName: string): string {
  return (/^ip-([\d-]+)\./.exec(nodeName)?.[1] ?? "").replaceAll("-", ".");
}

interface NodeAddresses {
  readonly internalIp: string;
  readonly podCidr: string;
  readonly podLimit: number;
}

/** AWS keeps the first four addresses of a subnet; the nodes begin after them. */
const reservedAddresses = 4;
const smallestPodPrefix = 28;
const largestPodPrefix = 24;

function nodeAddresses(zone: NodeZone, index: number, nodesPerZone: number): NodeAddresses {
  const subnet = new Netmask(zone.subnetCidr);
  const blockPrefix = blockPrefixOf(subnet, nodesPerZone);
  if (blockPrefix > smallestPodPrefix) {
    throw new Error(
      `sandbox: nodes.zones: ${zone.name}: subnet ${zone.subnetCidr} is too small for ${nodesPerZone} nodes, each of ` +
        "which needs a block of at least 16 addresses for its pods. Give fewer nodes or a larger subnet.",
    );
  }
  const blockSize = 2 ** (32 - blockPrefix);
  return {
    internalIp: addressAt(subnet, reservedAddresses + index),
    podCidr: `${addressAt(subnet, blockSize * (index + 1))}/${blockPrefix}`,
    podLimit: Math.min(blockSize - 2, 110),
  };
}

/** Prefix of the equal blocks that a subnet is cut into: one for the nodes, and one for the pods of each node. */
function blockPrefixOf({ bitmask }: Netmask, nodesPerZone: number): number {
  return Math.max(bitmask + Math.ceil(Math.log2(nodesPerZone + 1)), largestPodPrefix);
}

function addressAt(subnet: Netmask, offset: number): string {
  const value = subnet.netLong + offset;
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join(".");
}

/** `eu-central-1` of `eu-central-1a`. */
function regionOf(zone: string): string {
  return zone.replace(/[a-z]$/, "");
}

/** The same node has the same instance id in every run. */
function instanceId(nodeName: string): string {
  return `i-${createHash("sha256").update(nodeName).digest("hex").slice(0, 17)}`;
}
