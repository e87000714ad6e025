import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { at } from "../../support/json";
import { customResource, releaseOf } from "../../support/kubernetes-objects";
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

  it.each(["ClusterIP", "NodePort"] as const)("keeps its admin port off every load balancer, as %s", (adminService) => {
    expect(withEmissary({ adminService }).values).toMatchObject({ adminService: { type: adminService, port: 8877 } });
  });

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
