import { describe, expect, it } from "vitest";
import { type FirewallState, firewallRules } from "../../src/traffic/network/firewall";

const everything = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];

const state: FirewallState = {
  groups: [
    {
      GroupId: "sg-door",
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: "203.0.113.0/24" }] }],
      IpPermissionsEgress: everything,
    },
    {
      GroupId: "sg-node",
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 8080, ToPort: 8080, UserIdGroupPairs: [{ GroupId: "sg-door" }] }],
      IpPermissionsEgress: [],
    },
  ],
  interfaces: [
    { name: "door", addresses: ["10.0.0.10"], groups: ["sg-door"] },
    { name: "node", addresses: ["10.0.1.4", "10.0.1.20"], groups: ["sg-node"] },
    { name: "open", addresses: ["10.0.0.11"], groups: [] },
  ],
  publicAddresses: [{ publicAddress: "198.18.0.7", privateAddress: "10.0.0.10" }],
  exempt: [{ from: "192.0.2.4", to: ["10.0.0.10"] }],
  amazon: ["10.0.0.2"],
};

/** The rules of one chain, without their indentation. */
const chain = (rules: string, name: string) =>
  (new RegExp(`chain ${name} \\{\\n(.*?)\\n {2}\\}`, "s").exec(rules)?.[1] ?? "")
    .split("\n")
    .map((line) => line.trim());

describe("the router of the VPC", () => {
  it("lets in what a security group allows and drops the rest", () => {
    expect(chain(firewallRules(state), "in_door")).toEqual(["ip saddr 203.0.113.0/24 tcp dport 80-80 return", "drop"]);
  });

  it("lets in the members of another group by their addresses", () => {
    const rules = firewallRules(state);
    expect(chain(rules, "in_node")).toEqual(["ip saddr @sg_door tcp dport 8080-8080 return", "drop"]);
    expect(rules).toContain("set sg_door { type ipv4_addr; flags interval; auto-merge; elements = { 10.0.0.10 }; }");
  });

  it("lets nothing out of a group without a rule for it", () => {
    expect(chain(firewallRules(state), "out_node")).toEqual(["drop"]);
    expect(chain(firewallRules(state), "out_door")).toEqual(["return", "drop"]);
  });

  it("holds groups at every address of an interface, and none where there is no group", () => {
    const forward = chain(firewallRules(state), "forward").join("\n");
    expect(forward).toContain(
      "ip daddr vmap { 10.0.0.10 : jump in_door, 10.0.1.4 : jump in_node, 10.0.1.20 : jump in_node }",
    );
    expect(forward).not.toContain("10.0.0.11");
  });

  it("asks both sides before it lets a packet pass, and answers always return", () => {
    const forward = chain(firewallRules(state), "forward");
    expect(forward.at(1)).toBe("ct state established,related accept");
    expect(forward.findIndex((rule) => rule.startsWith("ip saddr vmap"))).toBeLessThan(
      forward.findIndex((rule) => rule.startsWith("ip daddr vmap")),
    );
    expect(forward.at(-1)).toBe("accept");
  });

  it("lets PrivateLink past the groups of a balancer that holds them off for it", () => {
    const forward = chain(firewallRules(state), "forward");
    expect(forward.indexOf("ip saddr 192.0.2.4 ip daddr { 10.0.0.10 } accept")).toBe(3);
  });

  it("leads a public address to the private one", () => {
    expect(chain(firewallRules(state), "prerouting")).toContain("ip daddr 198.18.0.7 dnat ip to 10.0.0.10");
  });

  it("replaces the rules before as a whole", () => {
    expect(firewallRules(state).startsWith("table inet vpc\ndelete table inet vpc\ntable inet vpc {")).toBe(true);
  });
});
