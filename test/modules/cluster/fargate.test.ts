import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { describe, expect, it } from "vitest";
import { Cluster } from "../../../modules/cluster/cluster";
import { clusterSchema } from "../../../modules/cluster/schema";
import { resource, synthModule } from "../../support/synth";
import { attachedTo, aws, dependencies, names, policyIn, privateSubnetIds, synthCluster } from "./synthesis";

const json = synthCluster({
  fargateProfiles: {
    system: { selectors: [{ namespace: "kube-system" }] },
    shop: { selectors: [{ namespace: "shop", labels: { tier: "web" } }, { namespace: "cart-*" }] },
    batch: { selectors: [{ namespace: "batch" }] },
  },
});
const profile = (name: string) => resource(json, "aws_eks_fargate_profile", `cluster_fargate_${name}`);

describe("a Fargate profile", () => {
  it("runs the pods it selects in the private subnets", () => {
    expect(profile("shop")).toMatchObject({
      cluster_name: `\${aws_eks_cluster.cluster.name}`,
      fargate_profile_name: "shop",
      pod_execution_role_arn: `\${aws_iam_role.cluster_fargate_pod_execution_role.arn}`,
      subnet_ids: privateSubnetIds,
      selector: [
        { namespace: "shop", labels: { tier: "web" } },
        { namespace: "cart-*", labels: {} },
      ],
    });
  });

  it("is made after the one before it, because EKS makes one at a time", () => {
    const previous = (name: string) =>
      dependencies(profile(name)).filter((dependency) => dependency.startsWith("aws_eks_fargate_profile."));
    expect(previous("system")).toEqual([]);
    expect(previous("shop")).toEqual(["aws_eks_fargate_profile.cluster_fargate_system"]);
    expect(previous("batch")).toEqual(["aws_eks_fargate_profile.cluster_fargate_shop"]);
  });

  it("starts after the network that it needs and ends before it", () => {
    const behindNetwork = synthModule((stack) => {
      const vpc = new Vpc(stack, "network", {});
      new Cluster(stack, "cluster", {
        environmentName: "dev",
        aws,
        cluster: {
          ...clusterSchema.parse({ fargateProfiles: { all: { selectors: [{ namespace: "*" }] } } }),
          name: "dev",
        },
        network: { privateSubnetIds, ready: [vpc] },
      });
    });
    expect(dependencies(resource(behindNetwork, "aws_eks_fargate_profile", "cluster_fargate_all"))).toContain(
      "aws_vpc.network",
    );
  });

  it("keeps its role's policy until it is gone", () => {
    expect(dependencies(profile("system"))).toContain(
      "aws_iam_role_policy_attachment.cluster_fargate_pod_execution_role_AmazonEKSFargatePodExecutionRolePolicy",
    );
  });
});

describe("the role of Fargate", () => {
  it("trusts Fargate for profiles of this cluster alone", () => {
    const role = resource(json, "aws_iam_role", "cluster_fargate_pod_execution_role");
    expect(role["name"]).toBe("dev-fargate");
    expect(policyIn(role, "assume_role_policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "eks-fargate-pods.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:eks:us-west-2:123456789012:fargateprofile/dev/*" },
        },
      },
    ]);
  });

  it("names region and partition of the environment and the cluster's own name in its trust", () => {
    const china = synthCluster(
      { name: "platform", fargateProfiles: { all: { selectors: [{ namespace: "*" }] } } },
      { aws: { ...aws, region: "cn-north-1", partition: "aws-cn" } },
    );
    const role = resource(china, "aws_iam_role", "cluster_fargate_pod_execution_role");
    expect(policyIn(role, "assume_role_policy").Statement[0]?.Condition).toEqual({
      ArnLike: { "aws:SourceArn": "arn:aws-cn:eks:cn-north-1:123456789012:fargateprofile/platform/*" },
    });
  });

  it("has AmazonEKSFargatePodExecutionRolePolicy and nothing else", () => {
    expect(attachedTo(json, "cluster_fargate_pod_execution_role")).toEqual([
      "arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy",
    ]);
  });

  it("does not exist without profiles", () => {
    const without = synthCluster({ nodeGroups: { default: {} } });
    expect(names(without, "aws_eks_fargate_profile")).toEqual([]);
    expect(names(without, "aws_iam_role")).not.toContain("cluster_fargate_pod_execution_role");
  });
});
