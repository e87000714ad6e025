import type { NetworkOptions } from "./schema";

/** Number of public subnets, one a zone, known before anything is made. */
export function publicSubnetCount(network: NetworkOptions): number {
  return network.kind === "create" ? network.zones.length : network.publicSubnetIds.length;
}

/** Number of private subnets, one a zone, known before anything is made. */
export function privateSubnetCount(network: NetworkOptions): number {
  return network.kind === "create" ? network.zones.length : network.privateSubnetIds.length;
}
