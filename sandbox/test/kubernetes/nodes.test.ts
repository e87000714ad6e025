import { Netmask } from "netmask";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { nodeManifests, withNewAddress } from "../../src/kubernetes/nodes";

const zones = [
  { name: "eu-central-1a", subnetCidr: "10.0.64.0/19" },
  { name: "eu-central-1b", subnetCidr: "10.0.96.0/19" },
  { name: "eu-central-1c", subnetCidr: "10.0.128.0/19" },
];

const nodeSchema = z.object({
  metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }),
  spec: z.object({ podCIDR: z.string(), providerID: z.string() }),
  status: z.object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })) }),
});

const nodes = (count: number, subnets = zones) =>
  nodeManifests({ count, zones: subnets }, "v1.35.4").map((manifest) => nodeSchema.parse(manifest));

const addressed = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  status: z.looseObject({ addresses: z.array(z.looseObject({ address: z.string() })) }),
});

describe("nodes", () => {
  it("go round the zones", () => {
    const labels = nodes(5).map(({ metadata }) => metadata.labels["topology.kubernetes.io/zone"]);
    expect(labels).toEqual(["eu-central-1a", "eu-central-1b", "eu-central-1c", "eu-central-1a", "eu-central-1b"]);
  });

  it("carry the provider id of an EC2 instance in their zone, a different one each", () => {
    const ids = nodes(5).map(({ spec }) => spec.providerID);
    expect(ids[1]).toMatch(/^aws:\/\/\/eu-central-1b\/i-[0-9a-f]{17}$/);
    expect(new Set(ids).size).toBe(5);
  });

  it.each([3, 7, 12])("take the addresses of %i nodes and their pods from the zone's subnet, none twice", (count) => {
    const all = nodes(count);
    const pods = all.map(({ spec }) => new Netmask(spec.podCIDR));
    const addresses = all.map(
      ({ status }) => status.addresses.find(({ type }) => type === "InternalIP")?.address ?? "",
    );
    all.forEach((_, index) => {
      const subnet = new Netmask(zones[index % 3]?.subnetCidr ?? "");
      expect(subnet.contains(addresses[index] ?? "")).toBe(true);
      expect(subnet.contains(pods[index] ?? "")).toBe(true);
    });
    expect(new Set(addresses).size).toBe(count);
    for (const block of pods) {
      expect(pods.filter((other) => other.contains(block.base))).toHaveLength(1);
      expect(addresses.filter((address) => block.contains(address))).toEqual([]);
    }
  });

  it("are refused in a subnet with no room for their pods", () => {
    expect(() => nodes(6, [{ name: "eu-central-1a", subnetCidr: "10.0.0.0/27" }])).toThrow(
      /10\.0\.0\.0\/27 is too small/,
    );
  });

  it("are refused without a zone", () => {
    expect(() => nodes(1, [])).toThrow(/nodes\.zones is empty/);
  });

  it("get an address of their own each time they join, and never one of a pod", () => {
    const zone = { name: "eu-central-1a", subnetCidr: "10.0.64.0/25" };
    const [node] = nodeManifests({ count: 4, zones: [zone] }, "v1.35.4");
    const joined = Array.from({ length: 30 }, (_, serial) => {
      const { metadata, status } = addressed.parse(node === undefined ? {} : withNewAddress(node, zone, serial, 4));
      return { name: metadata.name, address: status.addresses[0]?.address ?? "" };
    });
    expect(new Set(joined.slice(0, 11).map(({ address }) => address)).size).toBe(11);
    for (const { name, address } of joined) {
      expect(new Netmask("10.0.64.0/28").contains(address)).toBe(true);
      expect(name).toBe(`ip-${address.replaceAll(".", "-")}.eu-central-1.compute.internal`);
    }
  });
});
