import { createHash } from "node:crypto";
import type { Subnet } from "@aws-sdk/client-ec2";
import { addressAt } from "../addresses";
import type { PublicAddress } from "../network/firewall";
import type { BalancerState } from "./state";

/** Behind the addresses of AWS and of the nodes, before those of the pods. */
const firstOffset = 10;

/** Where the addresses of balancers that face the internet are of, unless they have Elastic IPs: for benchmarks, RFC 2544. */
const publicNetwork = "198.18.0.0/15";

export interface BalancerAddress {
  readonly privateAddress: string;
  /** Where it faces the internet. */
  readonly publicAddress?: string;
}

/** Gives each balancer an address in each of its subnets, and keeps it while the balancer lives. */
export class BalancerAddresses {
  private readonly offsets = new Map<string, number>();

  assign(
    balancers: readonly BalancerState[],
    subnets: readonly Subnet[],
  ): ReadonlyMap<string, readonly BalancerAddress[]> {
    const arns = balancers.map(({ balancer }) => balancer.LoadBalancerArn ?? "");
    for (const arn of this.offsets.keys()) {
      if (!arns.includes(arn)) {
        this.offsets.delete(arn);
      }
    }
    for (const arn of arns) {
      this.offsets.set(arn, this.offsets.get(arn) ?? this.freeOffset());
    }
    return new Map(balancers.map((each) => [each.balancer.LoadBalancerArn ?? "", this.addressesOf(each, subnets)]));
  }

  private freeOffset(): number {
    const taken = new Set(this.offsets.values());
    let offset = firstOffset;
    while (taken.has(offset)) {
      offset += 1;
    }
    return offset;
  }

  private addressesOf({ balancer }: BalancerState, subnets: readonly Subnet[]): readonly BalancerAddress[] {
    const { LoadBalancerArn = "", AvailabilityZones = [], Scheme } = balancer;
    return AvailabilityZones.flatMap(({ SubnetId = "", LoadBalancerAddresses = [] }) => {
      const cidr = subnets.find((subnet) => subnet.SubnetId === SubnetId)?.CidrBlock;
      if (cidr === undefined) {
        return [];
      }
      const given = LoadBalancerAddresses[0];
      const privateAddress = given?.PrivateIPv4Address ?? addressAt(cidr, this.offsets.get(LoadBalancerArn) ?? 0);
      return Scheme === "internal"
        ? { privateAddress }
        : { privateAddress, publicAddress: given?.IpAddress ?? publicAddressOf(`${LoadBalancerArn}/${SubnetId}`) };
    });
  }
}

/** The same for the same balancer and subnet. */
function publicAddressOf(key: string): string {
  const number = createHash("sha256").update(key).digest().readUInt32BE() % 2 ** 17;
  return addressAt(publicNetwork, number);
}

/** Those of them that the internet gateway translates. */
export function translated(addresses: ReadonlyMap<string, readonly BalancerAddress[]>): readonly PublicAddress[] {
  return [...addresses.values()]
    .flat()
    .flatMap(({ privateAddress, publicAddress }) =>
      publicAddress === undefined ? [] : [{ privateAddress, publicAddress }],
    );
}
