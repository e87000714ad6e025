import { describe, expect, it } from "vitest";
import { addressOf, type EndpointRules, inside, reaches } from "../src/caller";

const own = "sg-0123456789abcdef0";
const itself = { protocol: "-1", fromPort: undefined, toPort: undefined, sources: [own] };

function endpoint(rules: Partial<EndpointRules>): EndpointRules {
  const closed = { publicAccess: false, publicAccessCidrs: [], privateAccess: true, securityGroupIds: [own] };
  return { ...closed, ingress: [itself], ...rules };
}

const rule = (source: string, port = 443, protocol = "tcp") => ({
  ingress: [itself, { protocol, fromPort: port, toPort: port, sources: [source] }],
});

describe("a caller reaches an API server", () => {
  it.each<[string, string, Partial<EndpointRules>, boolean]>([
    [
      "from a network of its public endpoint",
      "203.0.113.9",
      { publicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] },
      true,
    ],
    ["not from another one", "198.51.100.9", { publicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] }, false],
    ["not over a private endpoint without a rule", "10.100.0.5", {}, false],
    ["over a private endpoint by a rule for its network", "10.100.0.5", rule("10.100.0.0/16"), true],
    ["not by a rule for another network", "10.200.0.5", rule("10.100.0.0/16"), false],
    ["not by a rule for another port", "10.100.0.5", rule("10.100.0.0/16", 80), false],
    ["not by a rule for another protocol", "10.100.0.5", rule("10.100.0.0/16", 443, "udp"), false],
    ["by a rule for its security group", "sg-0fedcba9876543210", rule("sg-0fedcba9876543210"), true],
    ["by a rule for its prefix list", "pl-0123456789abcdef0", rule("pl-0123456789abcdef0"), true],
    ["from inside the cluster, whose group lets itself in", inside, {}, true],
    ["not from inside where nothing answers in the VPC", inside, { privateAccess: false }, false],
  ])("%s", (_, caller, rules, expected) => {
    expect(reaches(caller, endpoint(rules))).toBe(expected);
  });

  it("an address of a network lies in it", () => {
    expect(addressOf("10.100.0.0/16")).toBe("10.100.0.2");
    expect(addressOf("203.0.113.7/32")).toBe("203.0.113.7");
  });
});
