import { describe, expect, it } from "vitest";
import { goldenNames, stacksOf, synthStacks } from "../support/environments";
import { at, objects } from "../support/json";
import { customResources, helmReleases, metadataOf, typedResources } from "../support/kubernetes-objects";
import { minimal } from "../support/minimal";
import { resource, resources } from "../support/synth";

type Stacks = ReturnType<typeof stacksOf>;

interface Balancer {
  readonly scheme: unknown;
  readonly subnets: readonly string[];
  readonly attributes: unknown;
}

const alb = "alb.ingress.kubernetes.io/";
const nlb = "service.beta.kubernetes.io/aws-load-balancer-";

function annotated(annotations: Readonly<Record<string, string>>, prefix: string): Balancer {
  return {
    scheme: annotations[`${prefix}scheme`],
    subnets: (annotations[`${prefix}subnets`] ?? "").split(","),
    attributes: annotations[`${prefix}target-group-attributes`],
  };
}

/** Every load balancer that the controller makes from an object with annotations. */
function balancers(stacks: Stacks): readonly Balancer[] {
  const ingresses = typedResources(stacks, "kubernetes_ingress_v1").filter(
    (ingress) => at(ingress, "spec", "ingress_class_name") === "alb",
  );
  const services = typedResources(stacks, "kubernetes_service_v1").filter(
    (service) => at(service, "spec", "type") === "LoadBalancer",
  );
  const ofReleases = helmReleases(stacks)
    .flatMap(({ values }) => objects(values))
    .filter((value) => value["type"] === "LoadBalancer");
  return [
    ...ingresses.map((ingress) => annotated(metadataOf(ingress).annotations ?? {}, alb)),
    ...services.map((service) => annotated(metadataOf(service).annotations ?? {}, nlb)),
    ...ofReleases.map((service) => annotated(Object(service["annotations"]), nlb)),
  ];
}

const subnet = (kind: "public" | "private") =>
  new RegExp(`^\\$\\{data\\.terraform_remote_state\\.cluster\\.outputs\\.${kind}_subnet_ids\\[\\d\\]\\}$`);

describe.each(goldenNames)("the load balancers of %s", (name) => {
  const stacks = stacksOf(name);
  const made = balancers(stacks);

  it("name the subnets that they stand in, so that no tag of another subnet counts and a new zone reaches them", () => {
    expect(made.length).toBeGreaterThan(0);
    for (const { scheme, subnets } of made) {
      const expected = subnet(scheme === "internal" ? "private" : "public");
      for (const id of subnets) expect(id).toMatch(expected);
      expect(new Set(subnets).size).toBe(subnets.length);
    }
  });

  it("let targets answer as long as pods go on serving, which no default of AWS does", () => {
    for (const { attributes } of made) expect(attributes).toBe("deregistration_delay.timeout_seconds=30");
  });

  it("are waited for by the pods behind them: their namespaces ask for readiness gates", () => {
    const asking = JSON.stringify([stacks.apps.resource, stacks.controllers.resource]);
    expect(asking).toContain('"elbv2.k8s.aws/pod-readiness-gate-inject":"enabled"');
  });
});

describe("a Gateway's load balancer", () => {
  it("names its subnets and its delay in the words of the Gateway API", () => {
    const stacks = stacksOf("every-entry-1");
    const configurations = customResources(stacks).filter(({ kind }) => kind === "LoadBalancerConfiguration");
    expect(configurations).toHaveLength(2);
    for (const { spec } of configurations) {
      const { scheme, loadBalancerSubnets } = Object(spec);
      const expected = subnet(scheme === "internal" ? "private" : "public");
      for (const { identifier } of loadBalancerSubnets) expect(identifier).toMatch(expected);
    }
    const targets = customResources(stacks).filter(({ kind }) => kind === "TargetGroupConfiguration");
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets) {
      expect(at(target, "spec", "defaultConfiguration", "targetGroupAttributes")).toEqual([
        { key: "deregistration_delay.timeout_seconds", value: "30" },
      ]);
    }
  });
});

describe("pods and their load balancers", () => {
  const shop = { namespace: "shop", image: { name: "example.com/shop", tag: "1.0.0" }, port: 8080 };
  const { apps } = synthStacks({
    ...minimal(),
    controllers: { ...minimal().controllers, emissary: {} },
    apis: { shop: { kind: "http" } },
    workloads: {
      alb: { ...shop, drain: { kind: "process", seconds: 12 }, routes: [{ kind: "alb" }] },
      api: {
        ...shop,
        drain: { kind: "sleep", seconds: 40 },
        routes: [{ kind: "api-gateway", api: "shop", path: "/" }],
      },
      inside: { ...shop, namespace: "inside", routes: [{ kind: "ambassador" }] },
      alone: { ...shop, namespace: "inside" },
    },
  });
  const deployment = (name: string) => resource(apps, "kubernetes_deployment_v1", `workload_${name}_deployment`);

  it("agree on how long a pod goes on serving", () => {
    const ingress = resource(apps, "kubernetes_ingress_v1", "workload_alb_alb");
    expect(metadataOf(ingress).annotations?.[`${alb}target-group-attributes`]).toBe(
      "deregistration_delay.timeout_seconds=12",
    );
    expect(at(deployment("alb"), "spec", "template", "spec", "termination_grace_period_seconds")).toBe(42);
    expect(resources(apps, "aws_lb_target_group")).toMatchObject([{ deregistration_delay: "40" }]);
    expect(at(deployment("api"), "spec", "template", "spec", "termination_grace_period_seconds")).toBe(70);
  });

  it("have nothing to do with pods that only something of the cluster sends to", () => {
    for (const name of ["inside", "alone"]) expect(JSON.stringify(deployment(name))).not.toContain("pre_stop");
    expect(metadataOf(resource(apps, "kubernetes_namespace_v1", "namespaces_inside")).labels).not.toHaveProperty([
      "elbv2.k8s.aws/pod-readiness-gate-inject",
    ]);
  });
});

describe("an object whose load balancer would be another one", () => {
  it.each([
    ["kubernetes_ingress_v1", "alb", { exposure: "internal", group: "front" }],
    ["kubernetes_service_v1", "nlb", { exposure: "internal" }],
  ] as const)("%s is made anew, so that its status is the new one's when Terraform reads it", (type, kind, input) => {
    const { apps } = synthStacks({
      ...minimal(),
      workloads: {
        shop: {
          image: { name: "example.com/shop", tag: "1.0.0" },
          port: 8080,
          routes: [kind === "alb" ? { kind, group: "front" } : { kind }],
        },
      },
    });
    const id = `workload_shop_${kind}_load-balancer`;
    expect(resource(apps, type, `workload_shop_${kind}`)["lifecycle"]).toEqual({
      replace_triggered_by: [`terraform_data.${id}`],
    });
    expect(resource(apps, "terraform_data", id)["input"]).toEqual(input);
  });
});
