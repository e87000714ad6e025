import { describe, expect, it } from "vitest";
import { synthStacks } from "../../support/environments";
import { at, list } from "../../support/json";
import {
  customResource,
  customResources,
  metadataOf,
  typedResource,
  typedResources,
} from "../../support/kubernetes-objects";
import { declared, type MeshChange, workload } from "./declaration";

function synthesized(mesh: MeshChange = {}, workloads: NonNullable<ReturnType<typeof declared>["workloads"]> = {}) {
  return synthStacks(declared("lattice", mesh, { workloads: { ...declared("lattice").workloads, ...workloads } }));
}

const annotation = (name: string) => `alb.ingress.kubernetes.io/${name}`;
const stacks = synthesized();

describe("VPC Lattice from a declared mesh", () => {
  it("a service's requests are shared by the weights of its versions", () => {
    expect(at(customResource(stacks, "HTTPRoute", "cart").spec, "rules", 0, "backendRefs")).toEqual([
      { kind: "Service", name: "cart-1", port: 8080, weight: 9 },
      { kind: "Service", name: "cart-2", port: 8080, weight: 1 },
    ]);
  });

  it("requests go to the port of a version's Service, whichever its container listens on", () => {
    const changed = synthesized({}, { "stock-1": workload({ app: "stock" }, { servicePort: 9000 }) });
    expect(at(customResource(changed, "HTTPRoute", "stock").spec, "rules", 0, "backendRefs")).toEqual([
      { kind: "Service", name: "stock-1", port: 9000, weight: 1 },
    ]);
  });

  it("each port that a service has is a listener, and its route hangs on that one", () => {
    const changed = synthesized({
      services: {
        cart: { versions: [{ workload: "cart-1" }, { workload: "cart-2" }] },
        stock: { port: 8000, versions: [{ workload: "stock-1" }] },
      },
    });
    expect(at(customResource(changed, "Gateway", "shop").spec, "listeners")).toEqual([
      { name: "http-80", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "Same" } } },
      { name: "http-8000", port: 8000, protocol: "HTTP", allowedRoutes: { namespaces: { from: "Same" } } },
    ]);
    expect(at(customResource(changed, "HTTPRoute", "stock").spec, "parentRefs")).toEqual([
      { name: "shop", sectionName: "http-8000" },
    ]);
  });

  it("a service is called by HTTPS where it says so, by a certificate of Lattice's own", () => {
    const changed = synthesized({
      services: {
        cart: { versions: [{ workload: "cart-1" }, { workload: "cart-2" }] },
        stock: { port: 443, tls: true, versions: [{ workload: "stock-1" }] },
      },
    });
    expect(at(customResource(changed, "Gateway", "shop").spec, "listeners", 1)).toMatchObject({
      name: "https-443",
      port: 443,
      protocol: "HTTPS",
      tls: { mode: "Terminate" },
    });
    expect(at(customResource(changed, "HTTPRoute", "stock").spec, "parentRefs")).toEqual([
      { name: "shop", sectionName: "https-443" },
    ]);
  });

  it.each([
    [
      "an HTTP probe",
      { kind: "http", path: "/ready" },
      { enabled: true, protocol: "HTTP", protocolVersion: "HTTP1", path: "/ready", statusMatch: "200-399" },
    ],
    [
      "an HTTP probe on a port of its own",
      { kind: "http", path: "/ready", port: 9000 },
      { enabled: true, protocol: "HTTP", protocolVersion: "HTTP1", path: "/ready", port: 9000, statusMatch: "200-399" },
    ],
    ["a TCP probe, which Lattice has none of", { kind: "tcp" }, { enabled: false }],
  ] as const)("Lattice checks a version as its readiness probe does: %s", (_, readiness, healthCheck) => {
    const changed = synthesized({}, { "stock-1": workload({ app: "stock" }, { probes: { readiness } }) });
    expect(customResource(changed, "TargetGroupPolicy", "stock-1").spec).toEqual({
      targetRef: { group: "", kind: "Service", name: "stock-1" },
      healthCheck,
    });
  });

  it("routes come after the Gateway, the checks and the Services they lead to", () => {
    const { release } = customResource(stacks, "HTTPRoute", "cart");
    expect(list(release.arguments["depends_on"] as string[])).toEqual(
      expect.arrayContaining([
        customResource(stacks, "Gateway", "shop").release.address,
        customResource(stacks, "TargetGroupPolicy", "cart-1").release.address,
        "kubernetes_service_v1.workload_cart-1_service",
        "kubernetes_service_v1.workload_cart-2_service",
        "kubernetes_service_v1.workload_stock-1_service",
      ]),
    );
  });

  it("a client needs nothing but to be in the VPC", () => {
    const named = customResources(stacks).filter(({ metadata }) => metadata.name === "web");
    expect(named).toEqual([]);
  });

  it("routes of one gateway share an ALB, and the longer prefix is asked first", () => {
    const changed = synthesized({
      gateway: { name: "entrance", routes: [{ service: "cart" }, { service: "stock", prefix: "/stock" }] },
    });
    const [cart, stock] = ["entrance-cart", "entrance-stock"].map(
      (name) => metadataOf(typedResource(changed, "kubernetes_ingress_v1", name)).annotations ?? {},
    );
    expect([cart, stock].map((annotations) => annotations?.[annotation("group.name")])).toEqual([
      "shop-entrance",
      "shop-entrance",
    ]);
    expect(Number(stock?.[annotation("group.order")])).toBeLessThan(Number(cart?.[annotation("group.order")]));
  });

  it("the ALB is reached from the VPC alone, unless the environment says so", () => {
    const scheme = (mesh: MeshChange) =>
      typedResources(synthesized(mesh), "kubernetes_ingress_v1").map(
        (ingress) => metadataOf(ingress).annotations?.[annotation("scheme")],
      );
    expect(scheme({})).toEqual(["internal"]);
    expect(
      scheme({
        gateway: {
          exposure: "internet-facing",
          plainHttp: { reason: "Nothing that is secret goes through it." },
          routes: [{ service: "cart" }],
        },
      }),
    ).toEqual(["internet-facing"]);
  });

  it("with a certificate the ALB serves HTTPS and redirects to it", () => {
    const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555";
    const changed = synthesized({
      gateway: { name: "entrance", certificateArn, inboundCidrs: ["10.0.0.0/8"], routes: [{ service: "cart" }] },
    });
    expect(metadataOf(typedResource(changed, "kubernetes_ingress_v1", "entrance-cart")).annotations).toMatchObject({
      [annotation("certificate-arn")]: certificateArn,
      [annotation("listen-ports")]: '[{"HTTP":80},{"HTTPS":443}]',
      [annotation("ssl-redirect")]: "443",
      [annotation("inbound-cidrs")]: "10.0.0.0/8",
    });
    expect(changed.apps.output["doors"]?.value).toMatchObject({
      "mesh/lattice/entrance": expect.stringMatching(/:443$/),
    });
  });

  it("the ALB asks the versions where their probes ask", () => {
    const probes = { readiness: { kind: "http", path: "/ready", port: 9000 } } as const;
    const changed = synthesized(
      {},
      {
        "cart-1": workload({ app: "cart", version: "1" }, { probes }),
        "cart-2": workload({ app: "cart", version: "2" }, { probes }),
      },
    );
    expect(metadataOf(typedResource(changed, "kubernetes_ingress_v1", "entrance-cart")).annotations).toMatchObject({
      [annotation("healthcheck-path")]: "/ready",
      [annotation("healthcheck-port")]: "9000",
    });
  });

  it("without a gateway there is no way in", () => {
    const changed = synthesized({ gateway: undefined });
    expect(typedResources(changed, "kubernetes_ingress_v1")).toEqual([]);
    expect(changed.apps.output["doors"]?.value).toEqual({});
  });
});
