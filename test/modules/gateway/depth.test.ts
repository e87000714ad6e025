import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { checked, synthStacks } from "../../support/environments";
import { at } from "../../support/json";
import { customResource } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";

type Route = NonNullable<NonNullable<EnvironmentInput["workloads"]>[string]["routes"]>[number];
type ThroughGateway = Partial<Extract<Route, { readonly kind: "gateway" }>>;

const image = { name: "example.com/shop", tag: "1.0.0" };

function environment(...routes: readonly ThroughGateway[]): EnvironmentInput {
  return {
    ...minimal(),
    controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {} },
    gateways: {
      front: { kind: "alb" },
      ports: { kind: "nlb", listeners: [{ kind: "tcp", port: 5432 }] },
    },
    workloads: {
      shop: {
        image,
        port: 8080,
        routes: routes.map((route, index) => ({ kind: "gateway", gateway: "front", name: `shop-${index}`, ...route })),
      },
      next: { image, port: 9090 },
      elsewhere: { namespace: "elsewhere", image, port: 8080 },
    },
  };
}

function rule(route: ThroughGateway): unknown {
  return at(customResource(synthStacks(environment(route)), "HTTPRoute", "shop-0").spec, "rules", 0);
}

describe("a route through a gateway's ALB", () => {
  it("takes calls of a method, headers and a query alone where it names them", () => {
    expect(
      rule({ path: "/v1", match: { method: "POST", headers: { "x-version": "2" }, query: { preview: "yes" } } }),
    ).toMatchObject({
      matches: [
        {
          path: { type: "PathPrefix", value: "/v1" },
          method: "POST",
          headers: [{ name: "x-version", type: "Exact", value: "2" }],
          queryParams: [{ name: "preview", type: "Exact", value: "yes" }],
        },
      ],
    });
    expect(rule({})).toMatchObject({ matches: [{ path: { type: "PathPrefix", value: "/" } }] });
  });

  it("rewrites path and host where it says so, and nothing otherwise", () => {
    expect(rule({ path: "/v1", rewrite: { prefix: "/", host: "shop.internal.example.com" } })).toMatchObject({
      filters: [
        {
          type: "URLRewrite",
          urlRewrite: {
            hostname: "shop.internal.example.com",
            path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" },
          },
        },
      ],
    });
    expect(rule({})).not.toHaveProperty("filters");
  });

  it("shares calls with a canary by one number", () => {
    expect(rule({ canary: { workload: "next", percent: 10 } })).toMatchObject({
      backendRefs: [
        { name: "shop", port: 8080, weight: 90 },
        { name: "next", port: 9090, weight: 10 },
      ],
    });
  });

  it("waits for what the load balancer has to know of the canary's Service", () => {
    const made = synthStacks(environment({ canary: { workload: "next", percent: 10 } }));
    const { release } = customResource(made, "HTTPRoute", "shop-0");
    expect(release.arguments["depends_on"]).toContain(
      customResource(made, "TargetGroupConfiguration", "next").release.address,
    );
  });

  it("may share host and path with another that matches other calls, and not with one of the same", () => {
    const match = { headers: { "x-version": "2" } };
    expect(() => checked(environment({}, { match }))).not.toThrow();
    expect(() => checked(environment({ match }, { match }))).toThrow("has the same host and path");
  });
});

describe("a canary is refused", () => {
  it.each([
    ["nxt", 'Did you mean "next"?'],
    ["shop", "It is the route's own workload, which has the rest."],
    ["elsewhere", "It is of the namespace elsewhere, and a route of default leads to Services there alone."],
  ])("where it is %s", (workload, message) => {
    expect(() => checked(environment({ canary: { workload, percent: 10 } }))).toThrow(message);
  });

  it("behind an NLB, which forwards connections", () => {
    const route = { gateway: "ports", listenerPort: 5432, canary: { workload: "next", percent: 10 } };
    expect(() => checked(environment(route))).toThrow(
      "The gateway ports is an NLB, which forwards connections and sees neither host nor path.",
    );
  });
});
