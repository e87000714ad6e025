import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { at } from "../../support/json";
import { customResource, customResources } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";

type Emissary = NonNullable<NonNullable<EnvironmentInput["controllers"]>["emissary"]>;

const image = { name: "example.com/shop", tag: "1.0.0" };

function stacks(emissary: Emissary, route: object = {}) {
  return synthStacks({
    ...minimal(),
    controllers: { awsLoadBalancerController: {}, emissary },
    workloads: {
      auth: { namespace: "auth", image, port: 9000 },
      shop: { image, port: 8080, routes: [{ kind: "ambassador", host: "shop.example.com", ...route }] },
    },
  });
}

describe("a workload that Emissary asks who may call", () => {
  it("is asked by gRPC of every call, and lets nobody in while it is away", () => {
    expect(
      customResource(stacks({ externalAuth: { workload: "auth" } }), "AuthService", "external-auth"),
    ).toMatchObject({
      metadata: { namespace: "emissary" },
      spec: {
        auth_service: "auth.auth:9000",
        proto: "grpc",
        protocol_version: "v3",
        timeout_ms: 5000,
        failure_mode_allow: false,
      },
    });
  });

  it("is asked by HTTP with the headers that it needs, and hands its own on", () => {
    const externalAuth: Emissary["externalAuth"] = {
      workload: "auth",
      protocol: "http",
      pathPrefix: "/check",
      requestHeaders: ["x-tenant"],
      answerHeaders: ["x-user"],
    };
    expect(customResource(stacks({ externalAuth }), "AuthService", "external-auth").spec).toEqual({
      auth_service: "auth.auth:9000",
      proto: "http",
      path_prefix: "/check",
      allowed_request_headers: ["x-tenant"],
      allowed_authorization_headers: ["x-user"],
      timeout_ms: 5000,
      failure_mode_allow: false,
    });
  });

  it("comes after the Service that answers", () => {
    const { release } = customResource(stacks({ externalAuth: { workload: "auth" } }), "AuthService", "external-auth");
    expect(release.arguments["depends_on"]).toEqual(["kubernetes_service_v1.workload_auth_service"]);
  });

  it("is not asked by a route that says why", () => {
    const bypass = (route: object) =>
      customResource(stacks({ externalAuth: { workload: "auth" } }, route), "Mapping", "shop").spec["bypass_auth"];
    expect(bypass({ bypassAuth: { reason: "It is the sign-in page itself." } })).toBe(true);
    expect(bypass({})).toBeUndefined();
  });
});

describe("a workload that counts calls", () => {
  it.each([
    ["deny", true],
    ["allow", false],
  ] as const)("has calls go by %s while it is away", (whenAway, denied) => {
    const made = stacks({ rateLimit: { workload: "auth", whenAway } });
    expect(customResource(made, "RateLimitService", "rate-limit").spec).toEqual({
      service: "auth.auth:9000",
      protocol_version: "v3",
      domain: "ambassador",
      timeout_ms: 20,
      failure_mode_deny: denied,
    });
  });

  it("gets the name of the Mapping and the caller's address with each call", () => {
    const made = stacks({ rateLimit: { workload: "auth" } });
    expect(at(customResource(made, "Mapping", "shop").spec, "labels", "ambassador", 0)).toEqual({
      shop: [{ generic_key: { value: "shop" } }, { remote_address: { key: "remote_address" } }],
    });
  });
});

describe("Emissary by default", () => {
  it("asks nobody and has nobody count", () => {
    const made = stacks({});
    const kinds = customResources(made).map(({ kind }) => kind);
    for (const kind of ["AuthService", "RateLimitService"]) expect(kinds).not.toContain(kind);
    expect(customResource(made, "Mapping", "shop").spec).not.toHaveProperty("labels");
  });
});
