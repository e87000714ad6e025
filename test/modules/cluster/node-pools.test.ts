import { describe, expect, it } from "vitest";
import { stacksOf } from "../../support/environments";
import { at, policyOf } from "../../support/json";
import { resource } from "../../support/synth";

const { cluster, controllers } = stacksOf("own-node-pools");
const release = resource(controllers, "helm_release", "node-pools");
const manifests = at(JSON.parse(String(at(release["values"], 0))), "manifests");

describe("Auto Mode with node pools of its own alone", () => {
  it("tells EKS no role, which it takes with built-in pools alone, and lets the nodes' role in itself", () => {
    expect(resource(cluster, "aws_eks_cluster", "cluster")["compute_config"]).toEqual({
      enabled: true,
      node_pools: [],
    });
    expect(resource(cluster, "aws_eks_access_entry", "cluster_auto_node_access")["type"]).toBe("EC2");
    const association = resource(cluster, "aws_eks_access_policy_association", "cluster_auto_node_access_auto-node");
    expect(association["policy_arn"]).toContain("AmazonEKSAutoNodePolicy");
  });

  it("has a NodeClass for each pool, in the cluster's subnets and group, with the role that is let in", () => {
    const role = Object.values(cluster.resource["aws_iam_role"] ?? {}).find(
      ({ name }) => name === "own-node-pools-auto-node",
    );
    expect(policyOf(role ?? {}, "assume_role_policy").Statement[0]?.Principal).toEqual({
      Service: "ec2.amazonaws.com",
    });
    expect(at(manifests, 2)).toMatchObject({
      kind: "NodeClass",
      metadata: { name: "arm" },
      spec: {
        role: "own-node-pools-auto-node",
        networkPolicy: "DefaultDeny",
        ephemeralStorage: { size: "200Gi" },
        securityGroupSelectorTerms: [
          { id: "${data.terraform_remote_state.cluster.outputs.cluster_security_group_id}" },
        ],
      },
    });
  });

  it("has pools with an end to what they make", () => {
    expect(at(manifests, 1)).toMatchObject({ kind: "NodePool", spec: { limits: { cpu: "100", memory: "400Gi" } } });
    expect(at(manifests, 3)).toMatchObject({
      spec: {
        template: {
          metadata: { labels: { team: "search" } },
          spec: {
            requirements: [
              { key: "kubernetes.io/arch", operator: "In", values: ["arm64"] },
              { key: "eks.amazonaws.com/instance-gpu-count", operator: "DoesNotExist" },
            ],
            taints: [{ key: "dedicated", value: "search", effect: "NoSchedule" }],
          },
        },
        weight: 10,
        disruption: { consolidationPolicy: "WhenEmpty" },
      },
    });
  });

  it("ends its nodes after everything that runs on them in this stack", () => {
    const controller = resource(controllers, "helm_release", "aws-load-balancer-controller");
    expect(controller["depends_on"]).toContain("helm_release.node-pools");
  });

  it("leaves the role to EKS where built-in pools have it", () => {
    const all = Object.values(stacksOf("newer-provider").cluster.resource["aws_eks_access_entry"] ?? {});
    expect(all.filter(({ type }) => type === "EC2")).toEqual([]);
  });
});
