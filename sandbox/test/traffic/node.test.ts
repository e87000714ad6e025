import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { pinnedVersion } from "../../src/go/program-set";
import { controlPlanePrograms } from "../../src/kubernetes/programs";
import { linkCommands } from "../../src/traffic/network/links";
import { type NodeConfiguration, nodeFiles } from "../../src/traffic/node/configuration";
import { nodeProgramSet } from "../../src/traffic/node/programs";

const node: NodeConfiguration = {
  name: "ip-10-0-0-5.eu-west-1.compute.internal",
  address: "10.0.0.5",
  podCidr: "10.0.2.0/24",
  providerId: "aws:///eu-west-1a/i-1",
  folder: "/sandbox/node",
  cgroup: "/foundry.dev/node1",
  registry: "http://192.0.2.2",
  resolver: "10.0.0.2",
  clusterDns: "172.20.0.10",
  kubeconfig: "",
  caCertificate: "",
};

const files = nodeFiles(node);
const json = (name: string) => parse(files[name] ?? "");

describe("a node that runs pods", () => {
  it("is of the control plane's own version", () => {
    const version = (set: typeof nodeProgramSet | typeof controlPlanePrograms) =>
      set.modules.filter(({ requires }) => requires === "k8s.io/kubernetes").map(pinnedVersion);
    expect(version(nodeProgramSet)).toEqual(version(controlPlanePrograms));
  });

  it("pulls every image from the sandbox's registry and from nowhere else", () => {
    expect(files["certs.d/_default/hosts.toml"]).toContain('server = "http://192.0.2.2"');
    expect(files["certs.d/_default/hosts.toml"]).not.toMatch(/https:/);
  });

  it("gives its pods addresses of the VPC and translates none of them", () => {
    const [bridge] = json("cni/10-vpc.conflist").plugins;
    expect(bridge).toMatchObject({ type: "ptp", ipMasq: false, ipam: { ranges: [[{ subnet: node.podCidr }]] } });
  });

  it("keeps its pods' control groups below those of its sandbox", () => {
    expect(json("kubelet.json").cgroupRoot).toBe("/foundry.dev/node1");
  });

  it("lets nobody at its kubelet without credentials", () => {
    expect(json("kubelet.json")).toMatchObject({
      authentication: { anonymous: { enabled: false } },
      authorization: { mode: "Webhook" },
    });
  });

  it("changes no setting that the whole machine shares", () => {
    expect(json("kube-proxy.json").conntrack).toMatchObject({ maxPerCore: 0, tcpEstablishedTimeout: "0s" });
  });
});

describe("a way to the router", () => {
  const commands = linkCommands({
    namespace: "node1",
    interfaceName: "node1",
    addresses: ["10.0.0.5"],
    networks: ["10.0.2.0/24"],
  });

  it("leads to the namespace's own address, and past that to the networks behind it", () => {
    expect(commands.router).toContain("route replace 10.0.0.5/32 dev node1");
    expect(commands.router).toContain("route replace 10.0.2.0/24 via 10.0.0.5 dev node1 onlink");
  });

  it("is the only way out of the namespace", () => {
    expect(commands.own.filter((command) => command.startsWith("route add"))).toEqual([
      "route add 169.254.0.1 dev eth0",
      "route add default via 169.254.0.1 dev eth0 src 10.0.0.5",
    ]);
  });
});
