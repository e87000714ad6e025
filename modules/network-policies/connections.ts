import type { NetworkPolicyV1SpecIngressFrom } from "@cdktf/provider-kubernetes/lib/network-policy-v1";

/** One side of a connection. */
export type Peer = NetworkPolicyV1SpecIngressFrom;

/** Connections that are allowed: with any of the peers, at any of the ports; without ports at every one. */
export interface Allowed {
  readonly peers: readonly Peer[];
  readonly ports: readonly { readonly port: number; readonly protocol?: "TCP" | "UDP" }[];
}

/** What the pods of a selector may do. */
export interface PodConnections {
  /** Name of the policy. */
  readonly name: string;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ingress: readonly Allowed[];
  readonly egress: readonly Allowed[];
}

const namespaceLabel = "kubernetes.io/metadata.name";

/** Pods of a namespace, all of them or those of some labels. */
export function podsOf(namespace: string, labels?: Readonly<Record<string, string>>): Peer {
  return {
    namespaceSelector: { matchLabels: { [namespaceLabel]: namespace } },
    ...(labels === undefined ? {} : { podSelector: { matchLabels: { ...labels } } }),
  };
}

/** Addresses of a network, whatever has them. */
export function addressesOf(cidr: string): Peer {
  return { ipBlock: { cidr } };
}

/** Source: RFC 1918, 3927 and 6598. */
const privateNetworks = ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];

/** Every public address. */
export const internet: Peer = { ipBlock: { cidr: "0.0.0.0/0", except: privateNetworks } };

/** Every address: endpoints of AWS have public ones, or private ones of the VPC. */
export const everywhere: Peer = { ipBlock: { cidr: "0.0.0.0/0" } };

/** CoreDNS. */
export const nameServers: Allowed = {
  peers: [podsOf("kube-system", { "k8s-app": "kube-dns" })],
  ports: [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ],
};

/** Where Pod Identity's agent answers on each node. Source: EKS user guide, "Pod Identity agent". */
export const podIdentityAgent = addressesOf("169.254.170.23/32");

/** Where EC2's metadata are, which kube2iam answers for. */
export const instanceMetadata = addressesOf("169.254.169.254/32");

/** Where VPC Lattice comes from and where it answers. Source: VPC Lattice user guide, "Control traffic … security groups". */
export const lattice = addressesOf("169.254.171.0/24");
