import { describe, expect, it } from "vitest";
import { zoneFile } from "../../src/traffic/names/zones";

const amazon = new Map([["shop-1.eu-west-1.elb.amazonaws.com", ["198.18.0.7", "198.18.0.8"]]]);
const lines = (records: Parameters<typeof zoneFile>[0]["records"]) =>
  zoneFile({ name: "dev.example.com", records }, amazon, 7).split("\n");

describe("a zone", () => {
  it("answers an alias with the addresses of the balancer it leads to", () => {
    const record = {
      Name: "shop.dev.example.com.",
      Type: "A" as const,
      AliasTarget: {
        HostedZoneId: "Z1",
        DNSName: "dualstack.Shop-1.eu-west-1.elb.amazonaws.com.",
        EvaluateTargetHealth: false,
      },
    };
    expect(lines([record])).toEqual(
      expect.arrayContaining(["shop.dev.example.com. 1 IN A 198.18.0.7", "shop.dev.example.com. 1 IN A 198.18.0.8"]),
    );
  });

  it("answers nothing for an alias to what is not there", () => {
    const record = {
      Name: "gone.dev.example.com.",
      Type: "A" as const,
      AliasTarget: { HostedZoneId: "Z1", DNSName: "gone.elb.amazonaws.com", EvaluateTargetHealth: false },
    };
    expect(lines([record]).join("\n")).not.toContain("gone.dev.example.com");
  });

  it("knows an asterisk that Route 53 writes in octal", () => {
    const record = {
      Name: "\\052.dev.example.com.",
      Type: "CNAME" as const,
      ResourceRecords: [{ Value: "shop.dev.example.com" }],
    };
    expect(lines([record])).toContain("*.dev.example.com. 1 IN CNAME shop.dev.example.com.");
  });

  it("has one edge, its own", () => {
    const edges = [
      { Name: "dev.example.com.", Type: "SOA" as const, ResourceRecords: [{ Value: "ns-1.awsdns.com. x. 1 1 1 1 1" }] },
      { Name: "dev.example.com.", Type: "NS" as const, ResourceRecords: [{ Value: "ns-1.awsdns.com" }] },
    ];
    expect(lines(edges).filter((line) => line.includes(" SOA "))).toHaveLength(1);
    expect(lines(edges)[1]).toContain(" 7 ");
  });
});
