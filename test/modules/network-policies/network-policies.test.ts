import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { at } from "../../support/json";
import { metadataOf, typedResources } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { type Arguments, resource } from "../../support/synth";

type Workloads = NonNullable<EnvironmentInput["workloads"]>;

const image = { name: "example.com/shop", tag: "1.0.0" };

function stacks(workloads: Readonly<Record<string, Partial<Workloads[string]>>>, rest: Partial<EnvironmentInput> = {}) {
  const all = Object.entries(workloads).map(([name, workload]) => [
    name,
    { namespace: "shop", image, port: 8080, ...workload },
  ]);
  return synthStacks({
    ...minimal(),
    network: { kind: "create", cidr: "10.0.0.0/16", zones: ["a", "b"] },
    networkPolicies: "from-routes",
    workloads: Object.fromEntries(all),
    ...rest,
  });
}

function policies(...given: Parameters<typeof stacks>): readonly Arguments[] {
  return typedResources(stacks(...given), "kubernetes_network_policy_v1");
}

/** What of a policy is said of the pods of a workload. */
function specOf(name: string, ...given: Parameters<typeof stacks>): Arguments {
  const found = policies(...given).find((policy) => metadataOf(policy).name === name);
  if (found === undefined) throw new Error(`no policy ${name}`);
  return found["spec"] as Arguments;
}

const privateSubnets = [{ ip_block: { cidr: "10.0.0.0/20" } }, { ip_block: { cidr: "10.0.16.0/20" } }];
const publicSubnets = [{ ip_block: { cidr: "10.0.240.0/24" } }, { ip_block: { cidr: "10.0.241.0/24" } }];
const tcp = (port: number) => [{ port: String(port), protocol: "TCP" }];
const podsOf = (namespace: string, labels?: object) => ({
  namespace_selector: { match_labels: { "kubernetes.io/metadata.name": namespace } },
  ...(labels === undefined ? {} : { pod_selector: { match_labels: labels } }),
});

describe("policies from routes", () => {
  it("are there where the environment asks for them, and the VPC CNI enforces them then", () => {
    expect(policies({ shop: {} }, { networkPolicies: "off" })).toEqual([]);
    const cni = (networkPolicies: "off" | "from-routes") =>
      JSON.parse(
        String(
          resource(stacks({ shop: {} }, { networkPolicies }).cluster, "aws_eks_addon", "cluster_addon_vpc-cni")[
            "configuration_values"
          ] ?? "{}",
        ),
      );
    expect(cni("from-routes")).toEqual({ enableNetworkPolicy: "true" });
    expect(cni("off")).not.toHaveProperty("enableNetworkPolicy");
  });

  it("close each namespace of workloads, to and from everywhere, but for questions to CoreDNS", () => {
    expect(specOf("closed", { shop: {}, cart: { namespace: "cart" } })).toEqual({
      pod_selector: {},
      policy_types: ["Ingress", "Egress"],
      egress: [
        {
          to: [podsOf("kube-system", { "k8s-app": "kube-dns" })],
          ports: [
            { port: "53", protocol: "UDP" },
            { port: "53", protocol: "TCP" },
          ],
        },
      ],
    });
    const closed = policies({ shop: {}, cart: { namespace: "cart" } }).map((policy) => metadataOf(policy).namespace);
    expect(closed).toEqual(["cart", "shop"]);
  });

  it("open a pod's port to the subnets of a load balancer: the public ones from the internet, else the private ones", () => {
    const open = (exposure: "internal" | "internet-facing") =>
      specOf("shop", { shop: { routes: [{ kind: "nlb", exposure, tlsInPods: true }] } });
    expect(open("internet-facing")).toEqual({
      pod_selector: { match_labels: { app: "shop" } },
      policy_types: ["Ingress"],
      ingress: [{ from: publicSubnets, ports: tcp(8080) }],
    });
    expect(open("internal")["ingress"]).toEqual([{ from: privateSubnets, ports: tcp(8080) }]);
  });

  it("open the port of a health check too, where that is another", () => {
    const probes = { readiness: { kind: "http", path: "/ready", port: 9000 } } as const;
    const spec = specOf("shop", { shop: { probes, routes: [{ kind: "alb" }] } });
    expect(at(spec, "ingress", 0, "ports")).toEqual([...tcp(8080), ...tcp(9000)]);
  });

  it("open it to a controller's pods alone where these carry the route", () => {
    const spec = specOf(
      "shop",
      { shop: { routes: [{ kind: "ambassador" }] } },
      { controllers: { awsLoadBalancerController: {}, emissary: { namespace: "edge" } } },
    );
    expect(spec["ingress"]).toEqual([{ from: [podsOf("edge")], ports: tcp(8080) }]);
  });

  it("go by the exposure of a gateway, and not by its routes", () => {
    const spec = specOf(
      "shop",
      { shop: { routes: [{ kind: "gateway", gateway: "front", listenerPort: 443 }] } },
      {
        controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {} },
        gateways: {
          front: { kind: "nlb", exposure: "internet-facing", listeners: [{ kind: "tcp", port: 443, tlsInPods: true }] },
        },
      },
    );
    expect(spec["ingress"]).toEqual([{ from: publicSubnets, ports: tcp(8080) }]);
  });

  it("open a call at both ends, and to nobody else", () => {
    const workloads: Parameters<typeof stacks>[0] = {
      shop: { calls: [{ kind: "workload", workload: "cart" }] },
      cart: { namespace: "cart", port: 9090 },
    };
    expect(specOf("shop", workloads)).toMatchObject({
      policy_types: ["Egress"],
      egress: [{ to: [podsOf("cart", { app: "cart" })], ports: tcp(9090) }],
    });
    expect(specOf("cart", workloads)).toMatchObject({
      policy_types: ["Ingress"],
      ingress: [{ from: [podsOf("shop", { app: "shop" })], ports: tcp(9090) }],
    });
  });

  it("open networks and the internet at the ports that are called, and no private network as part of the internet", () => {
    const spec = specOf("shop", {
      shop: { calls: [{ kind: "network", cidr: "10.9.0.0/16", ports: [5432] }, { kind: "internet" }] },
    });
    expect(spec["egress"]).toEqual([
      { to: [{ ip_block: { cidr: "10.9.0.0/16" } }], ports: tcp(5432) },
      {
        to: [
          {
            ip_block: {
              cidr: "0.0.0.0/0",
              except: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
            },
          },
        ],
        ports: tcp(443),
      },
    ]);
  });

  it("let a workload with a role get its credentials and call AWS, and one without not", () => {
    const everywhere = { to: [{ ip_block: { cidr: "0.0.0.0/0" } }], ports: tcp(443) };
    const withRole = { shop: { aws: { kind: "role" } } } as const;
    expect(specOf("shop", withRole)["egress"]).toEqual([
      { to: [{ ip_block: { cidr: "169.254.170.23/32" } }], ports: tcp(80) },
      everywhere,
    ]);
    expect(specOf("shop", withRole, { identity: { workloads: "irsa" } })["egress"]).toEqual([everywhere]);
    expect(policies({ shop: {} }).map((policy) => metadataOf(policy).name)).toEqual(["closed"]);
  });

  it("look up the subnets of a network of another team", () => {
    const made = stacks(
      { shop: { routes: [{ kind: "alb" }] } },
      {
        network: {
          kind: "existing",
          vpcId: "vpc-0123456789abcdef0",
          cidr: "10.0.0.0/16",
          publicSubnetIds: [],
          privateSubnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
        },
      },
    );
    expect(made.apps.data["aws_subnet"]).toMatchObject({ subnet_private_0: { id: "subnet-0aaaaaaaaaaaaaaa1" } });
    const [, open] = typedResources(made, "kubernetes_network_policy_v1");
    expect(JSON.stringify(open)).toContain("${data.aws_subnet.subnet_private_0.cidr_block}");
  });
});
