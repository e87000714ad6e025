import type { Nodegroup } from "@aws-sdk/client-eks";
import { z } from "zod";
import type { Manifest } from "./kubernetes-object";
import { playedNode } from "./nodes";

/** A node as its kubelet finds it in the cluster. */
export interface HostedNode {
  readonly name: string;
  readonly address: string;
  readonly podCidr: string;
  readonly providerId: string;
}

const nodeSchema = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
  spec: z.looseObject({}),
  status: z.looseObject({ addresses: z.array(z.looseObject({ type: z.string(), address: z.string() })) }),
});

export function zoneOf(manifest: Manifest): string {
  return nodeSchema.parse(manifest).metadata.labels["topology.kubernetes.io/zone"] ?? "";
}

export function addressOf(manifest: Manifest): string {
  return nodeSchema.parse(manifest).status.addresses.find(({ type }) => type === "InternalIP")?.address ?? "";
}

const podNetworkSchema = z.looseObject({ spec: z.looseObject({ podCIDR: z.string(), providerID: z.string() }) });

export function hostedNode(manifest: Manifest): HostedNode {
  const { podCIDR, providerID } = podNetworkSchema.parse(manifest).spec;
  return { name: manifest.metadata.name, address: addressOf(manifest), podCidr: podCIDR, providerId: providerID };
}

/** Effects of taints as EKS spells them, and as Kubernetes does. */
const effects: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/** The node once it has an instance, labelled and tainted as its group says. */
export function withInstance(
  manifest: Manifest,
  instanceId: string,
  of: { readonly group: Nodegroup; readonly instanceType: string; readonly isHosted: boolean },
): Manifest {
  const { metadata, spec } = nodeSchema.parse(manifest);
  const { nodegroupName = "", labels = {}, taints = [] } = of.group;
  return {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      annotations: of.isHosted ? {} : { [playedNode.key]: playedNode.value },
      labels: {
        ...metadata.labels,
        ...labels,
        "eks.amazonaws.com/nodegroup": nodegroupName,
        "node.kubernetes.io/instance-type": of.instanceType,
      },
    },
    spec: {
      ...spec,
      providerID: `aws:///${zoneOf(manifest)}/${instanceId}`,
      taints: taints.map(({ key = "", value, effect = "" }) => ({ key, value, effect: effects[effect] ?? effect })),
    },
  };
}
