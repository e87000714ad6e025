import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { declared, parsed, workload } from "./declaration";

const streaming = {
  actions: ["appmesh:StreamAggregatedResources"],
  resources: [
    "arn:aws:appmesh:us-west-2:123456789012:mesh/shop/virtualNode/*",
    "arn:aws:appmesh:us-west-2:123456789012:mesh/shop/virtualGateway/*",
  ],
  conditions: {},
};

function withWorkload(name: string, change: Parameters<typeof workload>[1]): Partial<EnvironmentInput> {
  const { workloads } = declared("app-mesh");
  return { workloads: { ...workloads, [name]: workload({ app: name }, change) } };
}

describe("what a mesh adds to its environment", () => {
  it("its kind brings its controller, which knows the one mesh it may touch", () => {
    const controller = { replicas: 3, logLevel: "debug" } as const;
    expect(parsed(declared("app-mesh", { controller })).controllers).toMatchObject({
      appMesh: { mesh: "shop", replicas: 3, logLevel: "debug" },
    });
    expect(parsed(declared("lattice", { controller })).controllers).toMatchObject({
      lattice: { serviceNetwork: "shop", replicas: 3, logLevel: "debug" },
    });
    expect(parsed(declared("app-mesh")).controllers).not.toHaveProperty("lattice");
    expect(parsed(declared("app-mesh")).controllers).not.toHaveProperty("gatewayApiCrds");
    expect(parsed(declared("lattice")).controllers).not.toHaveProperty("appMesh");
  });

  it("Lattice brings the kinds of the Gateway API along, listed or not", () => {
    expect(parsed(declared("lattice")).controllers).toMatchObject({ gatewayApiCrds: {} });
    const controllers = { gatewayApiCrds: {}, awsLoadBalancerController: {} };
    expect(parsed(declared("lattice", {}, { controllers })).controllers).toMatchObject({ gatewayApiCrds: {} });
  });

  it("nobody lists that controller beside it", () => {
    const controllers = { appMesh: { mesh: "shop" } };
    expect(() => parsed({ ...declared("app-mesh"), controllers: { ...controllers } as object })).toThrow("appMesh");
  });

  it("Lattice reaches pods at the ports of versions and of their health checks, and at no others", () => {
    const change = withWorkload("stock-1", {
      port: 9090,
      probes: { readiness: { kind: "http", path: "/", port: 9091 } },
    });
    const { controllers } = parsed(
      declared("lattice", {}, { workloads: { ...change.workloads, web: workload({ app: "web" }, { port: 7070 }) } }),
    );
    expect(controllers).toMatchObject({ lattice: { ports: [8080, 9090, 9091] } });
  });

  it("App Mesh's namespace is labelled and admits what the injector adds, beside what is written for it", () => {
    const namespaces = { shop: { labels: { team: "shop" }, annotations: { owner: "shop" } } };
    expect(parsed(declared("app-mesh", {}, { namespaces })).namespaces).toEqual({
      shop: {
        labels: { mesh: "shop", "appmesh.k8s.aws/sidecarInjectorWebhook": "enabled", team: "shop" },
        annotations: { owner: "shop" },
        podSecurity: "privileged",
        quota: {},
      },
    });
  });

  it("Lattice leaves namespaces and workloads as they are written", () => {
    const { mesh: _, ...alone } = declared("lattice");
    const { namespaces, workloads } = parsed(declared("lattice"));
    expect({ namespaces, workloads }).toEqual({
      namespaces: parsed(alone).namespaces,
      workloads: parsed(alone).workloads,
    });
  });

  it("a member of App Mesh shares the proxies' service account", () => {
    for (const { serviceAccount } of Object.values(parsed(declared("app-mesh")).workloads)) {
      expect(serviceAccount).toEqual({ existing: "appmesh-proxyauth" });
    }
  });

  it("a member with a role of its own may stream by that role", () => {
    const own = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*"] };
    const change = withWorkload("web", { aws: { kind: "role", statements: [own] } });
    const { web } = parsed(declared("app-mesh", {}, change)).workloads;
    expect(web?.serviceAccount).toBeUndefined();
    expect(web?.aws).toEqual({ kind: "role", policyArns: [], statements: [{ ...own, conditions: {} }, streaming] });
  });

  it("a member with a service account of its own gets a role for it", () => {
    const { web } = parsed(declared("app-mesh", {}, withWorkload("web", { serviceAccount: "web" }))).workloads;
    expect(web).toMatchObject({
      serviceAccount: "web",
      aws: { kind: "role", policyArns: [], statements: [streaming] },
    });
  });

  it("the injector leaves a neighbour alone that is no member, and what lives elsewhere is not touched", () => {
    const { workloads } = declared("app-mesh");
    const { neighbour, far } = parsed(
      declared(
        "app-mesh",
        {},
        {
          workloads: {
            ...workloads,
            neighbour: workload({ app: "neighbour" }),
            far: workload({ app: "far" }, { namespace: "far" }),
          },
        },
      ),
    ).workloads;
    expect(neighbour?.podAnnotations).toEqual({ "appmesh.k8s.aws/sidecarInjectorWebhook": "disabled" });
    expect(neighbour?.serviceAccount).toBeUndefined();
    expect(far?.podAnnotations).toEqual({});
  });

  it("with Pod Identity a member's credentials do not go through its Envoy", () => {
    const annotations = (identity: "irsa" | "pod-identity") =>
      parsed(declared("app-mesh", {}, { identity: { workloads: identity } })).workloads["web"]?.podAnnotations;
    expect(annotations("pod-identity")).toEqual({
      "appmesh.k8s.aws/egressIgnoredIPs": "169.254.169.254,169.254.170.23",
    });
    expect(annotations("irsa")).toEqual({});
  });

  it("a mesh has a service, and a gateway that Envoy may listen on", () => {
    expect(() => parsed(declared("lattice", { services: {}, clients: {} }))).toThrow(
      "a mesh carries one service or more",
    );
    const gateway = { port: 80, routes: [{ service: "cart" }] };
    expect(() => parsed(declared("app-mesh", { gateway }))).toThrow("Envoy is not root, so it listens on 1024 or more");
  });

  it("names follow from one another where they are not written", () => {
    const { mesh } = parsed(declared("app-mesh", { gateway: { routes: [{ service: "cart" }] } }));
    expect(mesh).toMatchObject({
      services: {
        cart: { router: "cart", route: "cart", port: 80, versions: [{ node: "cart-1" }, { node: "cart-2" }] },
      },
      gateway: { name: "shop-gateway", routes: [{ name: "shop-gateway-cart", prefix: "/" }] },
      proxyServiceAccount: "appmesh-proxyauth",
    });
  });
});
