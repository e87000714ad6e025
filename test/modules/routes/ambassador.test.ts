import { describe, expect, test } from "vitest";
import { z } from "zod";
import { routeSchema } from "../../../platform/doors";
import { routeFacts, routeProblems } from "../../../platform/route";
import { resource, type TerraformJson } from "../../support/synth";
import { place, type RouteInput, route, synthRoute } from "./synth-route";

type AmbassadorInput = Omit<Extract<RouteInput, { kind: "ambassador" }>, "kind">;

const owner = { name: "shop", namespace: "web" };

const releaseShape = z.looseObject({ name: z.string(), namespace: z.string(), values: z.tuple([z.string()]) });
const valuesShape = z.object({ manifests: z.tuple([z.record(z.string(), z.unknown())]) });

const balancer = "host_emissary_ambassador";

function synth(input: AmbassadorInput = {}): TerraformJson {
  return synthRoute({ kind: "ambassador", ...input }, {}, { controllers: { emissary: {} } });
}

function release(input: AmbassadorInput = {}) {
  return releaseShape.parse(resource(synth(input), "helm_release", "door"));
}

function mapping(input: AmbassadorInput = {}) {
  return valuesShape.parse(JSON.parse(release(input).values[0])).manifests[0];
}

describe("ambassador", () => {
  test("a route is a Mapping in the workload's namespace that names its hosts and keeps the path", () => {
    expect(mapping()).toEqual({
      apiVersion: "getambassador.io/v3alpha1",
      kind: "Mapping",
      metadata: { name: "shop", namespace: "web" },
      spec: { hostname: "*", prefix: "/", rewrite: "", service: "shop-svc:80", timeout_ms: 3000 },
    });
  });

  test("host, prefix, rewrite and timeout are the route's", () => {
    expect(
      mapping({ name: "api-mapping", host: "api.example.com", prefix: "/v1/", rewrite: "/", timeoutMilliseconds: 500 }),
    ).toMatchObject({
      metadata: { name: "api-mapping" },
      spec: { hostname: "api.example.com", prefix: "/v1/", rewrite: "/", timeout_ms: 500 },
    });
  });

  test("its release is called after the Mapping and waits for the Service", () => {
    expect(release({ name: "api-mapping" })).toMatchObject({
      name: "mapping-api-mapping",
      namespace: "web",
      depends_on: ["kubernetes_service_v1.service"],
    });
  });

  test("it tells the host it answers for, or the load balancer's where it answers for all", () => {
    const named = synth({ host: "api.example.com", prefix: "/v1" });
    expect(named.output["address"]?.value).toBe("api.example.com/v1");
    expect(named.data).toEqual({});
    const open = synth({ prefix: "/health" });
    expect(open.output["address"]?.value).toBe(`\${data.aws_lb.${balancer}.dns_name}/health`);
    expect(open.data["aws_lb"]?.[balancer]).toMatchObject({
      tags: { "elbv2.k8s.aws/cluster": "dev", "service.k8s.aws/stack": "emissary/ambassador" },
      depends_on: ["helm_release.door"],
    });
  });

  test("all routes through Ambassador share hosts and paths", () => {
    expect(routeFacts(route({ kind: "ambassador", prefix: "/health" }), owner)).toEqual({
      object: { kind: "Mapping", name: "shop" },
      host: "*",
      path: "/health",
      exposure: "internal",
      entrance: "ambassador",
      toldApartBy: "",
    });
  });
});

describe("what an ambassador route cannot have", () => {
  test("a name that makes its release longer than Helm allows", () => {
    const message = "a Mapping's name has at most 45 characters, for its Helm release mapping-<name> has at most 53";
    const result = routeSchema.safeParse({ kind: "ambassador", name: "a".repeat(46) });
    expect(result.error?.issues).toMatchObject([{ path: ["name"], message }]);
    expect(routeSchema.safeParse({ kind: "ambassador", name: "a".repeat(45) }).success).toBe(true);
  });

  test("the name of a workload that does so", () => {
    const name = "a".repeat(46);
    expect(routeProblems(route({ kind: "ambassador" }), { name, namespace: "web" }, place)).toEqual([
      {
        path: "name",
        value: undefined,
        rule: `the Mapping takes the workload's name, and its Helm release mapping-${name} would have 54 characters; Helm allows 53`,
        remedy: "give the route a `name` of 45 characters or less",
      },
    ]);
    expect(routeProblems(route({ kind: "ambassador", name: "short" }), { name, namespace: "web" }, place)).toEqual([]);
    expect(routeProblems(route({ kind: "ambassador" }), { name: "a".repeat(45), namespace: "web" }, place)).toEqual([]);
  });
});
