import { Netmask } from "netmask";
import { announcedAddress, publicAddress } from "../kubernetes/kwokctl";

/** Addresses of the sandbox that are AWS's own: of ranges reserved for documentation and for link-local services. */
export const amazonAddresses = {
  /** The cluster's API inside the VPC; the API server announces it. */
  kubernetes: announcedAddress,
  /** The cluster's public endpoint. */
  publicKubernetes: publicAddress,
  registry: "192.0.2.2",
  /** The AWS API, for controllers that run as pods. */
  api: "192.0.2.3",
  /** API Gateway's own domain. */
  gateway: "192.0.2.4",
  /** A VPC's resolver also answers here. */
  resolver: "169.254.169.253",
} as const;

/** Clients outside the VPC: somebody on the internet. */
export const internetClient = "198.51.100.10";

/** The cluster's DNS Service, as EKS has it in 172.20.0.0/16. */
export const clusterDns = "172.20.0.10";

/** A VPC's resolver: its network's address plus two. */
export function vpcResolver(vpcCidr: string): string {
  return addressAt(vpcCidr, 2);
}

/** The address at an offset in a network. */
export function addressAt(cidr: string, offset: number): string {
  const value = new Netmask(cidr).netLong + offset;
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join(".");
}
