import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { at } from "../../support/json";
import { releaseOf } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { chartProblems } from "./chart-problems";

type Kube2iam = NonNullable<NonNullable<EnvironmentInput["controllers"]>["kube2iam"]>;

function environment(options: Kube2iam = {}): EnvironmentInput {
  return { ...minimal(), controllers: { ...minimal().controllers, kube2iam: options } };
}

const release = (options: Kube2iam = {}) => releaseOf(synthStacks(environment(options)), "kube2iam-chart");

describe("kube2iam", () => {
  it("comes from its registry, whose address does not end in the chart's own name", () => {
    expect(release().arguments).toMatchObject({
      repository: "oci://ghcr.io/jtblin",
      chart: "kube2iam-chart",
      version: "0.15.0",
      namespace: "kube-system",
    });
  });

  it("takes what pods ask the instance metadata, through the VPC CNI's interfaces", () => {
    expect(release().values).toMatchObject({
      rbac: { create: true },
      host: { iptables: true, interface: "eni+" },
      aws: { region: "us-west-2" },
    });
  });

  it("hands a pod only roles that its namespace allows, unless restrictions are off for a reason", () => {
    expect(release().values["extraArgs"]).toEqual({ "auto-discover-base-arn": "", "namespace-restrictions": "" });
    const reason = "Its namespaces are made by another team.";
    expect(release({ namespaceRestrictions: { kind: "off", reason } }).values["extraArgs"]).toEqual({
      "auto-discover-base-arn": "",
    });
  });

  it("runs on every node of the node groups, tainted ones too, and on none of AWS's own", () => {
    const { values } = release();
    expect(values["tolerations"]).toEqual([{ operator: "Exists" }]);
    const terms = at(
      values,
      "affinity",
      "nodeAffinity",
      "requiredDuringSchedulingIgnoredDuringExecution",
      "nodeSelectorTerms",
    );
    expect(terms).toEqual([
      { matchExpressions: [{ key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate", "auto"] }] },
    ]);
  });

  it("goes before every other pod where a node is full, for without it none of them gets a role", () => {
    expect(release().values["priorityClassName"]).toBe("system-node-critical");
  });

  it("is replaced node by node when its version changes", () => {
    expect(release().values["updateStrategy"]).toBe("RollingUpdate");
  });

  it("has no role of its own", () => {
    expect(synthStacks(environment()).identity.resource["aws_iam_role"] ?? {}).not.toHaveProperty("kube2iam_role");
  });

  it("gives its chart only values that it knows", (context) => {
    expect(chartProblems(context, release())).toEqual([]);
  });
});
