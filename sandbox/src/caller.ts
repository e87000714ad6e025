import { Netmask } from "netmask";
import { z } from "zod";

/** The place in the cluster's network from which Terraform runs, where that is no address. */
export const inside = "inside";

/** Who calls the API server: an IPv4 address, the id of a security group or prefix list, or {@link inside}. */
export type Caller = string;

/** What says who reaches a cluster's API server. */
export interface EndpointRules {
  readonly publicAccess: boolean;
  readonly publicAccessCidrs: readonly string[];
  /** Whether the endpoint answers in the VPC as well. */
  readonly privateAccess: boolean;
  /** Groups of the control plane's network interfaces. */
  readonly securityGroupIds: readonly string[];
  /** Their rules for incoming traffic. */
  readonly ingress: readonly IngressRule[];
}

export interface IngressRule {
  /** `tcp`, or `-1` for every protocol. */
  readonly protocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  /** Networks, ids of security groups and of prefix lists. */
  readonly sources: readonly string[];
}

const apiServerPort = 443;

/**
 * Whether a caller's packets reach a cluster's API server.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
 */
export function reaches(caller: Caller, rules: EndpointRules): boolean {
  const { publicAccess, publicAccessCidrs, privateAccess, securityGroupIds, ingress } = rules;
  return (
    (publicAccess && publicAccessCidrs.some((cidr) => contains(cidr, caller))) ||
    (privateAccess &&
      ingress
        .filter(opensApiServer)
        .some(({ sources }) => sources.some((source) => matches(source, caller, securityGroupIds))))
  );
}

function opensApiServer({ protocol, fromPort = 0, toPort = 65535 }: IngressRule): boolean {
  return protocol === "-1" || (protocol === "tcp" && fromPort <= apiServerPort && apiServerPort <= toPort);
}

function matches(source: string, caller: Caller, own: readonly string[]): boolean {
  return source === caller || (caller === inside && own.includes(source)) || contains(source, caller);
}

const ipv4 = z.ipv4();
const network = z.cidrv4();

function contains(cidr: string, address: string): boolean {
  return network.safeParse(cidr).success && ipv4.safeParse(address).success && new Netmask(cidr).contains(address);
}

/** An address of a network that no gateway has: its second one, or its only one. */
export function addressOf(cidr: string): string {
  const { first, size, netLong } = new Netmask(cidr);
  return size > 2 ? [24, 16, 8, 0].map((shift) => ((netLong + 2) >>> shift) & 0xff).join(".") : first;
}
