import { Netmask } from "netmask";
import { longestVpcPrefix, shortestVpcPrefix, type ZoneLetter, zoneLetters } from "./schema";

/** The two subnets of a zone, in CIDR notation. */
export interface ZoneSubnets {
  readonly zone: ZoneLetter;
  /** For NAT gateways and internet-facing load balancers. */
  readonly publicCidr: string;
  /** For nodes, pods, endpoints and internal load balancers. */
  readonly privateCidr: string;
}

const blockBits = 4;
const lastBlock = 2 ** blockBits - 1;
const publicBits = 8;

/**
 * Longest prefix of a public subnet. AWS asks for /27 or more under an Application Load Balancer, so that it can scale.
 * Source: Elastic Load Balancing user guide, "Subnets for your load balancer".
 */
const longestPublicPrefix = 27;

/**
 * Cuts a VPC of prefix p into 16 blocks of p+4. The private subnet of zones a to f is block 0 to 5. Public subnets are
 * p+8, at most /27, and lie in block 15, again one fixed place a letter; blocks 6 to 14 stay free for what comes later.
 * Places hang on the letter alone, so adding or dropping a zone moves no other zone's subnets.
 *
 * AWS allows /16 to /28 for VPC and subnet, and keeps the first four addresses and the last of every subnet for itself:
 * a /16 gives a zone 4091 private and 251 public addresses, a /20 gives it 251 and 27.
 * Source: Amazon VPC user guide, "VPC CIDR blocks" and "Subnet sizing for IPv4".
 *
 * @param cidr VPC's network, /16 to /20, written with its first address.
 * @returns one entry a zone, in the order of `zones`.
 * @throws Error where the network is larger or smaller than that.
 */
export function planSubnets(cidr: string, zones: readonly ZoneLetter[]): readonly ZoneSubnets[] {
  const vpc = new Netmask(cidr);
  if (vpc.bitmask < shortestVpcPrefix || vpc.bitmask > longestVpcPrefix) {
    throw new Error(
      `planSubnets(${JSON.stringify(cidr)}): a VPC of /${vpc.bitmask} cannot hold the plan, ` +
        `whose subnets fit AWS's limits from /${shortestVpcPrefix} to /${longestVpcPrefix}. Give a network in that range.`,
    );
  }
  const blocks = new Netmask(`${vpc.base}/${vpc.bitmask + blockBits}`);
  const publicPrefix = Math.min(vpc.bitmask + publicBits, longestPublicPrefix);
  const publicPlaces = new Netmask(`${blocks.next(lastBlock).base}/${publicPrefix}`);
  return zones.map((zone) => {
    const place = zoneLetters.indexOf(zone);
    return {
      zone,
      publicCidr: publicPlaces.next(place).toString(),
      privateCidr: blocks.next(place).toString(),
    };
  });
}
