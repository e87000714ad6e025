import { describe, expect, it } from "vitest";
import { synthStacks } from "../../support/environments";
import { at, policyOf } from "../../support/json";
import {
  customResource,
  customResources,
  metadataOf,
  typedResource,
  typedResources,
} from "../../support/kubernetes-objects";
import { resource } from "../../support/synth";
import { declared as declaredAnyhow, type MeshChange, workload } from "./declaration";

const acknowledgeEndOfLife = { appMesh: "2026-09-30" };

function synthesized(mesh: MeshChange = {}, change: Parameters<typeof declaredAnyhow>[2] = {}) {
  return synthStacks(declaredAnyhow("app-mesh", mesh, { acknowledgeEndOfLife, ...change }));
}

const stockOf = (protocol: "http" | "http2" | "grpc" | "tcp") => ({
  services: { stock: { protocol, versions: [{ workload: "stock-1", weight: 5 }] } },
  clients: {},
  gateway: undefined,
});

describe("App Mesh from a declared mesh", () => {
  it("nothing leaves the mesh unless the environment says so", () => {
    const egress = (mesh: MeshChange) =>
      at(customResource(synthesized(mesh), "Mesh", "shop").spec, "egressFilter", "type");
    expect(egress({})).toBe("DROP_ALL");
    expect(egress({ egress: "ALLOW_ALL" })).toBe("ALLOW_ALL");
  });

  it.each([
    ["http", { httpRoute: { match: { prefix: "/" } } }],
    ["http2", { http2Route: { match: { prefix: "/" } } }],
    ["grpc", { grpcRoute: { match: {} } }],
    ["tcp", { tcpRoute: {} }],
  ] as const)("a service of %s has a route of that sort, with its weights", (protocol, route) => {
    const { spec } = customResource(synthesized(stockOf(protocol)), "VirtualRouter", "stock");
    expect(spec["listeners"]).toEqual([{ portMapping: { port: 80, protocol } }]);
    const [[kind, declaration]] = Object.entries(route) as [[string, object]];
    const action = { weightedTargets: [{ virtualNodeRef: { name: "stock-1" }, weight: 5 }] };
    expect(spec["routes"]).toEqual([{ name: "stock", [kind]: { ...declaration, action } }]);
  });

  it("versions call the backends of their service", () => {
    const stacks = synthesized();
    for (const version of ["cart-1", "cart-2"]) {
      expect(customResource(stacks, "VirtualNode", version).spec["backends"]).toEqual([
        { virtualService: { virtualServiceRef: { name: "stock" } } },
      ]);
    }
    expect(customResource(stacks, "VirtualNode", "stock-1").spec).not.toHaveProperty("backends");
  });

  it.each([
    [
      "an HTTP probe on its own port",
      { kind: "http", path: "/ready" },
      { protocol: "http", path: "/ready", port: 8080 },
    ],
    ["an HTTP probe on another port", { kind: "http", path: "/ready", port: 9000 }, { protocol: "tcp", port: 8080 }],
    ["a TCP probe", { kind: "tcp" }, { protocol: "tcp", port: 8080 }],
    ["no probe", { kind: "none" }, undefined],
  ] as const)("Envoys check a member as its readiness probe does: %s", (_, readiness, check) => {
    const before = declaredAnyhow("app-mesh").workloads;
    const web = workload({ app: "web" }, { probes: { readiness } });
    const { spec } = customResource(synthesized({}, { workloads: { ...before, web } }), "VirtualNode", "web");
    const listener = at(spec, "listeners", 0);
    if (check === undefined) expect(listener).not.toHaveProperty("healthCheck");
    else expect(listener).toMatchObject({ healthCheck: check });
  });

  it("the gateway's routes keep the path that was called", () => {
    const stacks = synthesized({
      gateway: { name: "entrance", routes: [{ service: "cart" }, { service: "stock", prefix: "/stock" }] },
    });
    expect(at(customResource(stacks, "GatewayRoute", "entrance-stock").spec, "httpRoute", "action", "rewrite")).toEqual(
      {
        prefix: { defaultPrefix: "DISABLED" },
      },
    );
    expect(at(customResource(stacks, "GatewayRoute", "entrance-cart").spec, "httpRoute", "action")).not.toHaveProperty(
      "rewrite",
    );
  });

  it("the gateway is reached from the VPC alone, unless the environment says so", () => {
    const scheme = (mesh: MeshChange) =>
      metadataOf(typedResource(synthesized(mesh), "kubernetes_service_v1", "entrance")).annotations?.[
        "service.beta.kubernetes.io/aws-load-balancer-scheme"
      ];
    const routes = [{ service: "cart" }];
    expect(scheme({})).toBe("internal");
    expect(
      scheme({
        gateway: {
          name: "entrance",
          exposure: "internet-facing",
          plainHttp: { reason: "Nothing that is secret goes through it." },
          routes,
        },
      }),
    ).toBe("internet-facing");
  });

  it("with a certificate the NLB terminates TLS on 443", () => {
    const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555";
    const stacks = synthesized({
      gateway: { name: "entrance", certificateArn, inboundCidrs: ["10.0.0.0/8"], routes: [{ service: "cart" }] },
    });
    const service = typedResource(stacks, "kubernetes_service_v1", "entrance");
    expect(metadataOf(service).annotations).toMatchObject({
      "service.beta.kubernetes.io/aws-load-balancer-ssl-cert": certificateArn,
      "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
    });
    expect(service["spec"]).toMatchObject({
      port: [{ name: "http", port: 443, target_port: "8088", protocol: "TCP" }],
      load_balancer_source_ranges: ["10.0.0.0/8"],
    });
    expect(stacks.apps.output["doors"]?.value).toMatchObject({
      "mesh/app-mesh/entrance": expect.stringMatching(/:443$/),
    });
  });

  it("a gateway of several pods keeps one in a drain, and of a single pod lets its node go", () => {
    const budgets = (replicas: number) =>
      typedResources(
        synthesized({ gateway: { name: "entrance", replicas, routes: [{ service: "cart" }] } }),
        "kubernetes_pod_disruption_budget_v1",
      )
        .map((budget) => metadataOf(budget).name)
        .filter((name) => name === "entrance");
    expect(budgets(2)).toEqual(["entrance"]);
    expect(budgets(1)).toEqual([]);
  });

  it("the gateway's Envoys are not root and may do nothing that root may", () => {
    const pod = at(typedResource(synthesized(), "kubernetes_deployment_v1", "entrance"), "spec", "template", "spec");
    expect(at(pod, "security_context")).toMatchObject({ run_as_non_root: true, run_as_user: "1337" });
    expect(at(pod, "container", 0, "security_context")).toEqual({
      allow_privilege_escalation: false,
      capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
    });
  });

  it("without a gateway there is none", () => {
    const stacks = synthesized({ gateway: undefined });
    const kinds = customResources(stacks).map(({ kind }) => kind);
    expect(kinds).not.toContain("VirtualGateway");
    expect(kinds).not.toContain("GatewayRoute");
    expect(stacks.apps.output["doors"]?.value).toEqual({});
    expect(
      typedResources(stacks, "kubernetes_deployment_v1").map((deployment) => metadataOf(deployment).name),
    ).not.toContain("entrance");
  });

  it("with Pod Identity the proxies' service account is tied to the role in EKS and carries no annotation", () => {
    const stacks = synthesized({}, { identity: { workloads: "pod-identity" } });
    expect(resource(stacks.identity, "aws_eks_pod_identity_association", "mesh_association")).toMatchObject({
      namespace: "shop",
      service_account: "appmesh-proxyauth",
      role_arn: "${aws_iam_role.mesh_role.arn}",
    });
    expect(metadataOf(typedResource(stacks, "kubernetes_service_account_v1", "appmesh-proxyauth"))).toEqual({
      name: "appmesh-proxyauth",
      namespace: "shop",
    });
  });

  it("ARNs are of the environment's partition, region and account", () => {
    const stacks = synthesized(
      {},
      {
        aws: { region: "us-gov-west-1", accountId: "210987654321" },
        cluster: {
          endpoint: { kind: "private", clients: [{ kind: "network", cidr: "10.100.0.0/16" }] },
          nodeGroups: { general: {} },
          access: {
            operators: {
              principalArn: "arn:aws-us-gov:iam::210987654321:role/operators",
              policies: [{ policy: "cluster-admin" }],
            },
          },
        },
      },
    );
    const arn = "arn:aws-us-gov:appmesh:us-gov-west-1:210987654321:mesh/shop";
    expect(policyOf(resource(stacks.identity, "aws_iam_policy", "mesh_policy")).Statement[0]?.Resource).toEqual([
      `${arn}/virtualNode/*`,
      `${arn}/virtualGateway/*`,
    ]);
    const envoy = at(
      typedResource(stacks, "kubernetes_deployment_v1", "entrance"),
      "spec",
      "template",
      "spec",
      "container",
      0,
    );
    expect(at(envoy, "env")).toContainEqual({
      name: "APPMESH_RESOURCE_ARN",
      value: `${arn}/virtualGateway/entrance_shop`,
    });
  });
});
