import { describe, expect, it } from "vitest";
import { BalancerAddresses } from "../../src/traffic/balancers/addresses";
import type { BalancerState } from "../../src/traffic/balancers/state";

const subnets = [{ SubnetId: "subnet-a", CidrBlock: "10.0.240.0/24" }];

const balancer = (name: string, scheme: "internal" | "internet-facing", elasticIp?: string): BalancerState => ({
  balancer: {
    LoadBalancerArn: `arn:${name}`,
    Scheme: scheme,
    AvailabilityZones: [
      { SubnetId: "subnet-a", LoadBalancerAddresses: elasticIp === undefined ? [] : [{ IpAddress: elasticIp }] },
    ],
  },
  attributes: {},
  listeners: [],
});

const assigned = (addresses: BalancerAddresses, ...balancers: readonly BalancerState[]) =>
  addresses.assign(balancers, subnets);

describe("the addresses of balancers", () => {
  it("are of their subnets, no two the same, and stay while a balancer lives", () => {
    const addresses = new BalancerAddresses();
    const first = assigned(addresses, balancer("one", "internal"), balancer("two", "internal"));
    expect(first.get("arn:one")).toEqual([{ privateAddress: "10.0.240.10" }]);
    expect(first.get("arn:two")).toEqual([{ privateAddress: "10.0.240.11" }]);
    const later = assigned(addresses, balancer("two", "internal"), balancer("three", "internal"));
    expect(later.get("arn:two")).toEqual([{ privateAddress: "10.0.240.11" }]);
    expect(later.get("arn:three")).toEqual([{ privateAddress: "10.0.240.10" }]);
  });

  it("are public too where it faces the internet: its Elastic IP, unless that is one of loopback", () => {
    const publicOf = (elasticIp?: string) =>
      assigned(new BalancerAddresses(), balancer("one", "internet-facing", elasticIp)).get("arn:one")?.[0]
        ?.publicAddress;
    expect(publicOf("203.0.113.7")).toBe("203.0.113.7");
    expect(publicOf("127.38.1.2")).toMatch(/^198\.1[89]\./);
    expect(publicOf()).toBe(publicOf("127.38.1.2"));
  });
});
