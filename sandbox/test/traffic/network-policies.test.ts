import { describe, expect, it } from "vitest";
import { networkPolicy, networkPolicyRules, type PolicyPod } from "../../src/traffic/network/network-policies";
import type { Labels } from "../../src/traffic/network/selectors";

const pods: readonly PolicyPod[] = [
  { namespace: "shop", labels: { app: "shop" }, address: "10.0.2.2", ports: { http: 8080 } },
  { namespace: "shop", labels: { app: "cart" }, address: "10.0.2.3", ports: {} },
  { namespace: "kube-system", labels: { "k8s-app": "kube-dns" }, address: "10.0.2.4", ports: {} },
];
const namespaces = new Map<string, Labels>([
  ["shop", {}],
  ["kube-system", { team: "platform" }],
]);

const rulesOf = (...specs: readonly object[]) =>
  networkPolicyRules({
    pods,
    namespaces,
    policies: specs.map((spec, index) =>
      networkPolicy.parse({ metadata: { name: `p${index}`, namespace: "shop" }, spec }),
    ),
  });

const chain = (rules: string, name: string) =>
  (new RegExp(`chain ${name} \\{\\n(.*?)\\n {2}\\}`, "s").exec(rules)?.[1] ?? "")
    .split("\n")
    .map((line) => line.trim());

const shop = { matchLabels: { app: "shop" } };

describe("network policies", () => {
  it("leave a pod alone that none of them selects", () => {
    expect(chain(rulesOf({ podSelector: shop, ingress: [] }), "forward").join(" ")).not.toContain("10.0.2.3");
    expect(chain(rulesOf(), "forward")).toEqual([
      "type filter hook forward priority filter - 5;",
      "ct state established,related accept",
    ]);
  });

  it("let nothing in at a pod that is selected, but what is allowed", () => {
    const rules = rulesOf({
      podSelector: shop,
      ingress: [{ from: [{ podSelector: { matchLabels: { app: "cart" } } }], ports: [{ port: "http" }] }],
    });
    expect(chain(rules, "in_0")).toEqual(["ip saddr { 10.0.2.3 } tcp dport 8080 return", "drop"]);
  });

  it("let a pod ask nobody for names, where only its way out is held and none leads to the DNS", () => {
    expect(chain(rulesOf({ podSelector: shop, policyTypes: ["Egress"] }), "out_0")).toEqual(["drop"]);
    const withDns = rulesOf({
      podSelector: shop,
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { team: "platform" } },
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [{ protocol: "UDP", port: 53 }],
        },
      ],
    });
    expect(chain(withDns, "out_0")).toEqual(["ip daddr { 10.0.2.4 } udp dport 53 return", "drop"]);
  });

  it("add up: what one of them allows, another cannot take away", () => {
    const rules = rulesOf(
      { podSelector: shop, ingress: [] },
      { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/16", except: ["10.0.9.0/24"] } }] }] },
    );
    expect(chain(rules, "in_0")).toEqual(["ip saddr 10.0.0.0/16 ip saddr != { 10.0.9.0/24 } return", "drop"]);
  });

  it("allow nobody where a peer selects no pod", () => {
    const rules = rulesOf({
      podSelector: shop,
      ingress: [{ from: [{ podSelector: { matchLabels: { app: "none" } } }] }],
    });
    expect(chain(rules, "in_0")).toEqual(["drop"]);
  });
});
