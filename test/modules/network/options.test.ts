import { describe, expect, test } from "vitest";
import { networkSchema } from "../../../modules/network/schema";

/** Path and message of every problem; none where the options are good. */
function problems(options: unknown): readonly string[] {
  const { error } = networkSchema.safeParse(options);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("options of a network", () => {
  test("a network of our own needs nothing but its kind", () => {
    expect(networkSchema.parse({ kind: "create" })).toEqual({
      kind: "create",
      cidr: "10.0.0.0/16",
      zones: ["a", "b", "c"],
      nat: "per-zone",
      interfaceEndpoints: "none",
      flowLogs: { kind: "on", retentionDays: 90, traffic: "ALL" },
    });
  });

  test.each([16, 17, 18, 19, 20])("a VPC of /%i is accepted", (prefix) => {
    expect(problems({ kind: "create", cidr: `10.16.0.0/${prefix}` })).toEqual([]);
  });

  test.each(["10.16.0.0/15", "10.16.0.0/21", "10.16.0.0/28"])("a VPC of %s is refused", (cidr) => {
    expect(problems({ kind: "create", cidr })).toContain("cidr: a VPC is from /16 to /20, so that its subnets fit");
  });

  test("what is no network has the message of a network", () => {
    for (const cidr of ["10.16.0.1/16", "10.16.0.0", "10.16.0.0/33"]) {
      const found = problems({ kind: "create", cidr });
      expect(found.filter((problem) => problem.startsWith("cidr: an IPv4 network is written with"))).toHaveLength(1);
    }
    expect(problems({ kind: "create", cidr: "10.16.0.1/16" })).toHaveLength(1);
    expect(problems({ kind: "create", cidr: "10.16.0.0" })).toHaveLength(1);
  });

  test("a zone, an endpoint and a subnet stand in their list once", () => {
    expect(problems({ kind: "create", zones: ["a", "b", "a"] })).toEqual(["zones: a zone stands in the list once"]);
    expect(problems({ kind: "create", interfaceEndpoints: ["sts", "sts"] })).toHaveLength(1);
    expect(
      problems({
        kind: "existing",
        vpcId: "vpc-0a",
        cidr: "10.0.0.0/16",
        publicSubnetIds: ["subnet-0a", "subnet-0a"],
        privateSubnetIds: ["subnet-0b", "subnet-0b"],
      }),
    ).toEqual([
      "publicSubnetIds: a subnet stands in the list once",
      "privateSubnetIds: a subnet stands in the list once",
    ]);
  });

  test("flow logs are switched off with a reason only", () => {
    expect(problems({ kind: "create", flowLogs: { kind: "off" } })).toHaveLength(1);
    expect(problems({ kind: "create", flowLogs: { kind: "off", reason: "the landing zone records them" } })).toEqual(
      [],
    );
  });
});
