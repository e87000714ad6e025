import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { at } from "../../support/json";
import { customResource, customResources, releaseOf } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { resources } from "../../support/synth";

type Emissary = NonNullable<NonNullable<EnvironmentInput["controllers"]>["emissary"]>;

function withEmissary(emissary: Emissary = {}) {
  const stacks = synthStacks({ ...minimal(), controllers: { awsLoadBalancerController: {}, emissary } });
  return { stacks, values: releaseOf(stacks, "emissary-ingress").values };
}

const annotation = (values: object, name: string) =>
  Object(at(values, "service", "annotations"))[`service.beta.kubernetes.io/aws-load-balancer-${name}`];

describe("Emissary", () => {
  it("is reached from the VPC alone by default", () => {
    const { stacks, values } = withEmissary();
    expect(annotation(values, "scheme")).toBe("internal");
    expect(annotation(values, "eip-allocations")).toBeUndefined();
    expect(resources(stacks.controllers, "aws_eip")).toEqual([]);
    expect(stacks.controllers.output["ambassador_addresses"]?.value).toEqual([]);
  });

  it("is reached from the internet where the environment says so, by addresses that AWS picks", () => {
    const { stacks, values } = withEmissary({ exposure: { kind: "internet-facing" } });
    expect(annotation(values, "scheme")).toBe("internet-facing");
    expect(resources(stacks.controllers, "aws_eip")).toEqual([]);
  });

  it("has fixed addresses where the environment says so, one a public subnet, and tells them", () => {
    const { stacks, values } = withEmissary({
      exposure: { kind: "internet-facing", address: { kind: "elastic-ips" } },
    });
    const names = Object.keys(stacks.controllers.resource["aws_eip"] ?? {});
    expect(names).toHaveLength(3);
    expect(annotation(values, "eip-allocations")).toBe(
      names.map((name) => `\${aws_eip.${name}.allocation_id}`).join(","),
    );
    expect(stacks.controllers.output["ambassador_addresses"]?.value).toEqual(
      names.map((name) => `\${aws_eip.${name}.public_ip}`),
    );
  });

  it.each([{ kind: "ClusterIP" }, { kind: "NodePort", reason: "Another team's scraper reads it there." }] as const)(
    "keeps its admin port off every load balancer, as $kind",
    (adminService) => {
      expect(withEmissary({ adminService }).values).toMatchObject({
        adminService: { type: adminService.kind, port: 8877 },
      });
    },
  );

  it("keeps its admin port inside the cluster by default", () => {
    expect(withEmissary().values).toMatchObject({ adminService: { type: "ClusterIP" } });
  });

  it("sends pods as targets, so no node stands between", () => {
    expect(annotation(withEmissary().values, "nlb-target-type")).toBe("ip");
  });

  it("has three pods, or as many as are asked for, keeps one through a drain and spreads them over zones and nodes", () => {
    const labelSelector = { matchLabels: { "app.kubernetes.io/instance": "edge" } };
    expect(withEmissary({ releaseName: "edge" }).values).toMatchObject({
      replicaCount: 3,
      podDisruptionBudget: { minAvailable: 1 },
      topologySpreadConstraints: [
        { topologyKey: "topology.kubernetes.io/zone", labelSelector },
        { topologyKey: "kubernetes.io/hostname", labelSelector },
      ],
    });
    expect(withEmissary({ replicas: 5 }).values["replicaCount"]).toBe(5);
  });

  it("guards its aggregated role from coming back, from before it is installed until it is gone", () => {
    const { stacks } = withEmissary({ releaseName: "edge" });
    const policy = customResource(stacks, "ValidatingAdmissionPolicy", "edge-role-guard");
    expect(at(policy, "spec", "matchConstraints", "resourceRules", 0)).toMatchObject({
      operations: ["CREATE"],
      resources: ["clusterroles"],
      resourceNames: [releaseOf(stacks, "emissary-ingress").values["fullnameOverride"]],
    });
    expect(at(customResource(stacks, "ValidatingAdmissionPolicyBinding", "edge-role-guard"), "spec")).toEqual({
      policyName: "edge-role-guard",
      validationActions: ["Deny"],
    });
    expect(releaseOf(stacks, "emissary-ingress").arguments["depends_on"]).toContain(policy.release.address);
  });
});

describe("Emissary behind TLS", () => {
  const zones = { "example.com": { kind: "create" } } as const;
  const behindTls = (emissary: Emissary = {}) =>
    synthStacks({
      ...minimal(),
      dns: { zones },
      certificates: { web: { kind: "acm", hosts: ["*.example.com"] } },
      controllers: { awsLoadBalancerController: {}, emissary: { certificate: "web", ...emissary } },
      workloads: {
        shop: {
          image: { name: "example.com/shop", tag: "1.0.0" },
          port: 8080,
          routes: [{ kind: "ambassador", host: "shop.example.com" }],
        },
      },
    });

  it("has its load balancer terminate TLS on 443, by the certificate of the identity stack", () => {
    const { values } = releaseOf(behindTls(), "emissary-ingress");
    expect(annotation(values, "ssl-cert")).toBe("${data.terraform_remote_state.identity.outputs.certificate_arns.web}");
    expect(annotation(values, "ssl-ports")).toBe("443");
    expect(at(values, "service", "ports")).toEqual([
      { name: "http", port: 80, targetPort: 8080 },
      { name: "https", port: 443, targetPort: 8443 },
    ]);
  });

  it("takes what comes to 443 for secure and redirects what comes to 80, whatever a caller's headers say", () => {
    const stacks = behindTls({ releaseName: "edge" });
    const everyNamespace = { hostBinding: { namespace: { from: "ALL" } }, protocol: "HTTP" };
    expect(customResource(stacks, "Listener", "edge-https").spec).toEqual({
      ...everyNamespace,
      port: 8443,
      securityModel: "SECURE",
    });
    expect(customResource(stacks, "Listener", "edge-http").spec).toEqual({
      ...everyNamespace,
      port: 8080,
      securityModel: "INSECURE",
    });
    expect(customResource(stacks, "Host", "edge-every-host").spec).toEqual({
      hostname: "*",
      requestPolicy: { insecure: { action: "Redirect" } },
    });
    expect(releaseOf(stacks, "emissary-ingress").values["createDefaultListeners"]).toBe(false);
  });

  it("serves HTTP by the chart's own listeners where it has no certificate", () => {
    const { stacks, values } = withEmissary();
    expect(annotation(values, "ssl-cert")).toBeUndefined();
    expect(at(values, "service", "ports")).toEqual([{ name: "http", port: 80, targetPort: 8080 }]);
    expect(values["createDefaultListeners"]).toBe(true);
    expect(customResources(stacks).map(({ kind }) => kind)).not.toContain("Listener");
  });

  it("sends Strict-Transport-Security with every answer where that is chosen, and not otherwise", () => {
    const header = { "Strict-Transport-Security": { value: "max-age=600", append: false } };
    const mapping = (emissary: Emissary) => customResource(behindTls(emissary), "Mapping", "shop").spec;
    expect(mapping({ hsts: { maxAgeSeconds: 600 } })["add_response_headers"]).toEqual(header);
    expect(mapping({})).not.toHaveProperty("add_response_headers");
  });
});
