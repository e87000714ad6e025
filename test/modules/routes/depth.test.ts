import { describe, expect, it } from "vitest";
import { traceOf } from "../../../commands/doors/trace";
import { findingsOf } from "../../../commands/doors/way";
import { EnvironmentError } from "../../../modules/schema/problem";
import { balancedPods } from "../../../platform/balanced-pods";
import type { EnvironmentInput } from "../../../platform/environment";
import { editable } from "../../support/change-stacks";
import { checked, synthStacks } from "../../support/environments";
import { customResources, metadataOf, typedResource } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";

type Route = NonNullable<NonNullable<EnvironmentInput["workloads"]>[string]["routes"]>[number];
type Nginx = NonNullable<NonNullable<EnvironmentInput["controllers"]>["nginx"]>;

const image = { name: "example.com/shop", tag: "1.0.0" };
const host = "shop.example.com";
const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555";
const match = { method: "POST", headers: { "x-version": "2" }, query: { preview: "yes" } } as const;

function environment(routes: readonly Route[], nginx: Nginx = { kind: "f5" }): EnvironmentInput {
  return {
    ...minimal(),
    acknowledgeEndOfLife: nginx.kind === "community" ? { ingressNginx: "2026-03" } : {},
    controllers: { awsLoadBalancerController: {}, emissary: {}, nginx },
    workloads: { shop: { image, port: 8080, routes: [...routes] }, next: { image, port: 9090 } },
  };
}

function ingress(route: Route, nginx?: Nginx) {
  const block = typedResource(synthStacks(environment([route], nginx)), "kubernetes_ingress_v1", "shop");
  return { block, annotations: metadataOf(block).annotations ?? {} };
}

const alb = (route: object) => ingress({ kind: "alb", host, ...route });
const mappings = (route: object) =>
  customResources(synthStacks(environment([{ kind: "ambassador", host, ...route }]))).filter(
    ({ kind }) => kind === "Mapping",
  );

/** What is said of an environment; nothing where it passes. */
function refused(input: object): string {
  try {
    checked(JSON.parse(JSON.stringify(input)));
    return "";
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
}

describe("a route through an ALB", () => {
  it("takes calls of a method, headers and a query alone where it names them", () => {
    const { annotations } = alb({ match });
    expect(JSON.parse(annotations["alb.ingress.kubernetes.io/conditions.shop"] ?? "")).toEqual([
      { field: "http-request-method", httpRequestMethodConfig: { values: ["POST"] } },
      { field: "http-header", httpHeaderConfig: { httpHeaderName: "x-version", values: ["2"] } },
      { field: "query-string", queryStringConfig: { values: [{ key: "preview", value: "yes" }] } },
    ]);
    expect(Object.keys(alb({}).annotations).some((key) => key.includes("/conditions."))).toBe(false);
  });

  it("shares its calls out by two numbers", () => {
    const { annotations, block } = alb({ canary: { workload: "next", percent: 10 } });
    expect(JSON.parse(annotations["alb.ingress.kubernetes.io/actions.shop"] ?? "")).toEqual({
      type: "forward",
      forwardConfig: {
        targetGroups: [
          { serviceName: "shop", servicePort: 8080, weight: 90 },
          { serviceName: "next", servicePort: 9090, weight: 10 },
        ],
      },
    });
    expect(JSON.stringify(block)).toContain('"port":{"name":"use-annotation"}');
    expect(JSON.stringify(alb({}).block)).toContain('"port":{"number":8080}');
  });

  it("keeps a caller at one pod, waits longer and speaks gRPC where it says so, and not otherwise", () => {
    const prefix = "alb.ingress.kubernetes.io/";
    const { annotations } = alb({ sticky: { seconds: 600 }, timeoutSeconds: 3600, grpc: true, certificateArn });
    expect(annotations[`${prefix}target-group-attributes`]).toContain(
      "stickiness.enabled=true,stickiness.type=lb_cookie,stickiness.lb_cookie.duration_seconds=600",
    );
    expect(annotations[`${prefix}load-balancer-attributes`]).toContain("idle_timeout.timeout_seconds=3600");
    expect(annotations).toMatchObject({
      [`${prefix}backend-protocol-version`]: "GRPC",
      [`${prefix}success-codes`]: "0-99",
    });
    const plain = JSON.stringify(alb({}).annotations);
    for (const word of ["stickiness", "idle_timeout", "GRPC", "success-codes"]) expect(plain).not.toContain(word);
  });

  it("is asked before one of its host and path that asks less of a call", () => {
    const input = environment([
      { kind: "alb", name: "all", host, group: "front" },
      { kind: "alb", name: "some", host, group: "front", match },
    ]);
    const stacks = synthStacks(input);
    const order = (name: string) =>
      Number(
        metadataOf(typedResource(stacks, "kubernetes_ingress_v1", name)).annotations?.[
          "alb.ingress.kubernetes.io/group.order"
        ],
      );
    expect(order("some")).toBeLessThan(order("all"));
  });

  it("has a certificate where it speaks gRPC, and asks three things of a call at most", () => {
    expect(refused(environment([{ kind: "alb", host, grpc: true }]))).toContain(
      "An ALB takes gRPC on HTTPS listeners alone",
    );
    const many = { headers: { a: "1", b: "2" }, query: { c: "3", d: "4" } };
    expect(refused(environment([{ kind: "alb", host, match: many }]))).toContain("five things at most");
  });
});

describe("a route through Emissary", () => {
  it("takes calls of a method, headers and a query alone, speaks gRPC and lets WebSockets through", () => {
    const [mapping] = mappings({ match, grpc: true, webSockets: true });
    expect(mapping?.spec).toMatchObject({
      method: "POST",
      headers: { "x-version": "2" },
      query_parameters: { preview: "yes" },
      grpc: true,
      allow_upgrade: ["websocket"],
    });
  });

  it("shares its calls out by a second Mapping, which is declared with the first", () => {
    const route: Route = { kind: "ambassador", host, canary: { workload: "next", percent: 10 } };
    const stacks = synthStacks(environment([route]));
    const made = customResources(stacks).filter(({ kind }) => kind === "Mapping");
    expect(made.map(({ metadata, spec }) => [metadata.name, spec["service"], spec["weight"]])).toEqual([
      ["shop", "shop:8080", undefined],
      ["shop-canary", "next:9090", 10],
    ]);
    const holes = findingsOf(traceOf({ name: "minimal", stacks: editable(stacks) })).map(({ hole }) => hole);
    expect(holes).not.toContain("undeclared-way");
  });

  it("gives a canary of no percent nothing", () => {
    expect(mappings({ canary: { workload: "next", percent: 0 } })).toHaveLength(1);
  });
});

describe("a route through nginx", () => {
  it.each([
    ["f5", "nginx.org/", "600s", { "nginx.org/websocket-services": "shop" }],
    ["community", "nginx.ingress.kubernetes.io/", "600", {}],
  ] as const)("waits longer and lets WebSockets through, in the words of the kind %s", (kind, prefix, waits, more) => {
    const { annotations } = ingress({ kind: "nginx", host, timeoutSeconds: 600, webSockets: true }, { kind });
    expect(annotations).toEqual({
      [`${prefix}proxy-read-timeout`]: waits,
      [`${prefix}proxy-send-timeout`]: waits,
      ...more,
    });
    expect(ingress({ kind: "nginx", host }, { kind }).annotations).toEqual({});
  });
});

describe("what a door cannot do", () => {
  it.each([
    ["nginx", "sticky", {}, ["alb"]],
    ["nginx", "match", { method: "GET" }, ["alb", "ambassador", "gateway"]],
    ["nginx", "canary", { workload: "next", percent: 5 }, ["alb", "ambassador", "gateway"]],
    ["nlb", "webSockets", true, ["ambassador", "nginx"]],
    ["nlb", "grpc", true, ["alb", "ambassador"]],
    ["ambassador", "sticky", {}, ["alb"]],
    ["cloudfront", "match", { method: "GET" }, ["alb", "ambassador", "gateway"]],
  ])("is refused with the doors that can: %s has no %s", (kind, option, value, doors) => {
    const message = refused({
      ...environment([]),
      workloads: { shop: { image, port: 8080, routes: [{ kind, [option]: value }] } },
    });
    expect(message).toContain(`has no option \`${option}\``);
    for (const door of doors) expect(message).toContain(JSON.stringify(door));
  });
});

describe("the way of a request", () => {
  const traced = (route: Route) =>
    traceOf({ name: "minimal", stacks: editable(synthStacks(environment([route]))) }).ways.filter(
      ({ kind }) => kind === route.kind,
    );

  it.each(["alb", "ambassador"] as const)("through %s says what is asked of a call, and by which share", (kind) => {
    const ways = traced({ kind, host, match, canary: { workload: "next", percent: 10 } });
    const rules = ways.map(({ hops }) => hops.find(({ stop }) => stop === "rule")?.says ?? "");
    expect(ways.map(({ workload }) => workload).toSorted()).toEqual(["default/next:9090", "default/shop:8080"]);
    for (const says of rules) expect(says).toContain("by POST, with x-version: 2, with ?preview=yes");
    expect(rules.filter((says) => says.includes("weight 10"))).toHaveLength(1);
    expect(
      ways.flatMap(({ findings }) => findings.map(({ hole }) => hole)).filter((hole) => hole !== "clear-text"),
    ).toEqual([]);
  });
});

describe("pods of a canary", () => {
  it("are behind the load balancer as those of the route are, so that none is lost at their rollout", () => {
    const route: Route = { kind: "alb", host, canary: { workload: "next", percent: 10 } };
    expect([...balancedPods(checked(environment([route]))).workloads]).toEqual(["shop", "next"]);
  });
});

describe("routes of one host and path that ask different things of a call", () => {
  const two = (dns: object) =>
    environment([
      { kind: "alb", name: "all", host, group: "front", ...dns },
      { kind: "alb", name: "some", host, group: "front", match, ...dns },
    ] as readonly Route[]);

  it("stand beside each other, and share the record of the host", () => {
    const dns = { dns: { kind: "route53", zone: "example.com" } };
    const input = { ...two(dns), dns: { zones: { "example.com": { kind: "create" } } } };
    expect(refused(input)).toBe("");
  });

  it("are refused where they ask the same", () => {
    const same = environment([
      { kind: "alb", name: "one", host, group: "front", match },
      { kind: "alb", name: "two", host, group: "front", match },
    ]);
    expect(refused(same)).toContain("has the same host and path behind the same entrance");
  });
});
