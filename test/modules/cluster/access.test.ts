import { describe, expect, it } from "vitest";
import { resource } from "../../support/synth";
import { aws, names, synthCluster } from "./synthesis";

const principalArn = "arn:aws:iam::123456789012:role/platform";

describe("access entries", () => {
  it("admit nobody who is not listed", () => {
    expect(names(synthCluster(), "aws_eks_access_entry")).toEqual([]);
  });

  it("admit a principal with no rights until a policy or a group gives some", () => {
    const json = synthCluster({ access: { platform: { principalArn } } });
    expect(resource(json, "aws_eks_access_entry", "cluster_access_platform")).toEqual({
      cluster_name: `\${aws_eks_cluster.cluster.name}`,
      principal_arn: principalArn,
      kubernetes_groups: [],
    });
    expect(names(json, "aws_eks_access_policy_association")).toEqual([]);
  });

  it("carry Kubernetes groups", () => {
    const json = synthCluster({ access: { platform: { principalArn, groups: ["deployers"] } } });
    expect(resource(json, "aws_eks_access_entry", "cluster_access_platform")["kubernetes_groups"]).toEqual([
      "deployers",
    ]);
  });

  it("give a policy in the whole cluster unless namespaces are named", () => {
    const json = synthCluster({
      access: {
        platform: {
          principalArn,
          policies: [
            { policy: "view" },
            { policy: "edit", scope: { kind: "namespaces", namespaces: ["shop", "cart"] } },
          ],
        },
      },
    });
    const association = (policy: string) =>
      resource(json, "aws_eks_access_policy_association", `cluster_access_platform_${policy}`);
    expect(association("view")).toEqual({
      cluster_name: `\${aws_eks_cluster.cluster.name}`,
      principal_arn: `\${aws_eks_access_entry.cluster_access_platform.principal_arn}`,
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      access_scope: { type: "cluster" },
    });
    expect(association("edit")["access_scope"]).toEqual({ type: "namespace", namespaces: ["shop", "cart"] });
  });

  it.each([
    ["cluster-admin", "AmazonEKSClusterAdminPolicy"],
    ["admin", "AmazonEKSAdminPolicy"],
    ["edit", "AmazonEKSEditPolicy"],
    ["view", "AmazonEKSViewPolicy"],
    ["admin-view", "AmazonEKSAdminViewPolicy"],
  ] as const)("mean by %s EKS's %s of the environment's partition", (policy, name) => {
    const json = synthCluster(
      { access: { platform: { principalArn, policies: [{ policy }] } } },
      { aws: { ...aws, partition: "aws-us-gov" } },
    );
    expect(resource(json, "aws_eks_access_policy_association", `cluster_access_platform_${policy}`)["policy_arn"]).toBe(
      `arn:aws-us-gov:eks::aws:cluster-access-policy/${name}`,
    );
  });
});
