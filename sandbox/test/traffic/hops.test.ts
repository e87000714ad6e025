import { describe, expect, it } from "vitest";
import { hops } from "../../src/traffic/try/hops";

describe("the way from a door to its pods", () => {
  it("names every hop, and the health of each target", () => {
    const state = {
      balancers: [
        {
          balancer: {
            DNSName: "door.elb.amazonaws.com",
            Type: "application" as const,
            Scheme: "internet-facing" as const,
            SecurityGroups: ["sg-1"],
            AvailabilityZones: [{ ZoneName: "eu-west-1a" }, { ZoneName: "eu-west-1b" }],
          },
          attributes: {},
          listeners: [
            {
              listener: { Protocol: "HTTP" as const, Port: 80 },
              rules: [{ Actions: [{ Type: "forward" as const, TargetGroupArn: "arn:shop" }] }],
            },
          ],
        },
      ],
      groups: [{ group: { TargetGroupArn: "arn:shop", TargetGroupName: "shop" }, attributes: {}, targets: [] }],
    };
    const health = new Map([
      ["arn:shop", [{ Target: { Id: "10.0.1.20", Port: 8080 }, TargetHealth: { State: "unhealthy" as const } }]],
    ]);
    expect(hops(state, "door.elb.amazonaws.com", health)).toEqual([
      "door.elb.amazonaws.com: application load balancer, internet-facing, in eu-west-1a, eu-west-1b",
      "security groups: sg-1",
      "listener HTTP 80",
      "target group shop: 10.0.1.20:8080 unhealthy",
    ]);
    expect(hops(state, "gone", health)).toEqual(["gone: no load balancer has this name"]);
  });
});
