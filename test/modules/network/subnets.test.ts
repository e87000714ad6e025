import { Netmask } from "netmask";
import { describe, expect, test } from "vitest";
import { type ZoneLetter, zoneLetters } from "../../../modules/network/schema";
import { planSubnets, type ZoneSubnets } from "../../../modules/network/subnets";

const prefixes = [16, 17, 18, 19, 20] as const;
const vpcs = prefixes.flatMap((prefix) => [`10.0.0.0/${prefix}`, `172.31.240.0/${prefix}`].map(canonical));

/** The same network, written with its first address. */
function canonical(cidr: string): string {
  return new Netmask(cidr).toString();
}

/** Every choice of two zones or more, in the order of their letters. */
const zoneChoices: readonly (readonly ZoneLetter[])[] = Array.from({ length: 2 ** zoneLetters.length }, (_, bits) =>
  zoneLetters.filter((_letter, index) => (bits & (1 << index)) !== 0),
).filter((zones) => zones.length >= 2);

const everyPlan = vpcs.flatMap((vpc) => zoneChoices.map((zones) => ({ vpc, zones, plan: planSubnets(vpc, zones) })));

function networks(plan: readonly ZoneSubnets[]): readonly Netmask[] {
  return plan.flatMap(({ publicCidr, privateCidr }) => [new Netmask(publicCidr), new Netmask(privateCidr)]);
}

function overlap(one: Netmask, other: Netmask): boolean {
  return one.contains(other) || other.contains(one);
}

/** Addresses that AWS leaves: it keeps the first four and the last. */
function usable(cidr: string): number {
  return new Netmask(cidr).size - 5;
}

describe("planSubnets", () => {
  test("every choice of two to six zones is tried", () => {
    expect(zoneChoices).toHaveLength(57);
    expect(everyPlan).toHaveLength(57 * 10);
  });

  test.each([
    ["10.0.0.0/16", "10.0.0.0/20", 4091, "10.0.240.0/24", 251],
    ["10.0.0.0/17", "10.0.0.0/21", 2043, "10.0.120.0/25", 123],
    ["10.0.0.0/18", "10.0.0.0/22", 1019, "10.0.60.0/26", 59],
    ["10.0.0.0/19", "10.0.0.0/23", 507, "10.0.30.0/27", 27],
    ["10.0.0.0/20", "10.0.0.0/24", 251, "10.0.15.0/27", 27],
  ])(
    "zone a of %s has %s with %i private and %s with %i public addresses",
    (vpc, privateCidr, privateSize, publicCidr, publicSize) => {
      expect(planSubnets(vpc, ["a", "b"])[0]).toEqual({ zone: "a", publicCidr, privateCidr });
      expect(usable(privateCidr)).toBe(privateSize);
      expect(usable(publicCidr)).toBe(publicSize);
    },
  );

  test("a /16 is cut as documented", () => {
    expect(planSubnets("10.20.0.0/16", zoneLetters)).toEqual([
      { zone: "a", publicCidr: "10.20.240.0/24", privateCidr: "10.20.0.0/20" },
      { zone: "b", publicCidr: "10.20.241.0/24", privateCidr: "10.20.16.0/20" },
      { zone: "c", publicCidr: "10.20.242.0/24", privateCidr: "10.20.32.0/20" },
      { zone: "d", publicCidr: "10.20.243.0/24", privateCidr: "10.20.48.0/20" },
      { zone: "e", publicCidr: "10.20.244.0/24", privateCidr: "10.20.64.0/20" },
      { zone: "f", publicCidr: "10.20.245.0/24", privateCidr: "10.20.80.0/20" },
    ]);
  });

  test("every zone asked for has its two subnets, in the order asked for", () => {
    for (const { zones, plan } of everyPlan) expect(plan.map(({ zone }) => zone)).toEqual(zones);
    expect(planSubnets("10.0.0.0/16", ["c", "a"]).map(({ zone }) => zone)).toEqual(["c", "a"]);
  });

  test("every subnet lies in the VPC", () => {
    for (const { vpc, plan } of everyPlan) {
      for (const subnet of networks(plan)) expect(new Netmask(vpc).contains(subnet), `${subnet} in ${vpc}`).toBe(true);
    }
  });

  test("no two subnets overlap", () => {
    for (const { vpc, plan } of everyPlan) {
      const subnets = networks(plan);
      const pairs = subnets.flatMap((one, index) => subnets.slice(index + 1).map((other) => [one, other] as const));
      for (const [one, other] of pairs) expect(overlap(one, other), `${one} and ${other} in ${vpc}`).toBe(false);
    }
  });

  test("every subnet is of a size AWS allows, written with its first address", () => {
    for (const subnet of everyPlan.flatMap(({ plan }) => plan.flatMap((zone) => [zone.publicCidr, zone.privateCidr]))) {
      const prefix = Number(subnet.split("/")[1]);
      expect(prefix).toBeGreaterThanOrEqual(16);
      expect(prefix).toBeLessThanOrEqual(28);
      expect(canonical(subnet)).toBe(subnet);
    }
  });

  test("a public subnet is at least a /27, as an Application Load Balancer wants it", () => {
    for (const { publicCidr } of everyPlan.flatMap(({ plan }) => plan)) {
      expect(Number(publicCidr.split("/")[1])).toBeLessThanOrEqual(27);
    }
  });

  test("nine of sixteen blocks stay free, whatever the zones", () => {
    for (const { vpc, plan } of everyPlan) {
      const { base, bitmask } = new Netmask(vpc);
      const free = Array.from({ length: 9 }, (_, index) => new Netmask(`${base}/${bitmask + 4}`).next(6 + index));
      for (const block of free) {
        for (const subnet of networks(plan)) expect(overlap(block, subnet), `${subnet} in ${block}`).toBe(false);
      }
    }
  });

  test("a zone keeps its subnets whatever zones stand beside it", () => {
    for (const { vpc, plan } of everyPlan) {
      const all = planSubnets(vpc, zoneLetters);
      for (const zone of plan) expect(all).toContainEqual(zone);
    }
  });

  test.each(["10.0.0.0/15", "10.0.0.0/21", "10.0.0.0/28"])("%s is refused", (vpc) => {
    expect(() => planSubnets(vpc, ["a", "b"])).toThrow(
      `planSubnets("${vpc}"): a VPC of /${vpc.split("/")[1]} cannot hold the plan, whose subnets fit AWS's limits from /16 to /20. Give a network in that range.`,
    );
  });
});
