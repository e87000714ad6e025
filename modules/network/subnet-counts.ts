import { assertNever } from "../schema/assert-never";
import type { NetworkOptions } from "./schema";

/** Number of public subnets, one a zone, known before anything is made. */
export function publicSubnetCount(network: NetworkOptions): number {
  return network.kind === "create" ? network.zones.length : network.publicSubnetIds.length;
}

/** Number of NAT gateways that are made, each with a fixed public address. */
export function natGatewayCount(network: NetworkOptions): number {
  return network.kind === "create" ? natCount(network.nat, network.zones.length) : 0;
}

/** Number of NAT gateways that a choice means over so many zones. */
export function natCount(nat: Extract<NetworkOptions, { readonly kind: "create" }>["nat"], zones: number): number {
  switch (nat) {
    case "none":
      return 0;
    case "single":
      return 1;
    case "per-zone":
      return zones;
    default:
      return assertNever("way out of private subnets", nat);
  }
}

/** Number of private subnets, one a zone, known before anything is made. */
export function privateSubnetCount(network: NetworkOptions): number {
  return network.kind === "create" ? network.zones.length : network.privateSubnetIds.length;
}
