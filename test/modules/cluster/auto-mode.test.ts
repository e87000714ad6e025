import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { describe, expect, it } from "vitest";
import { Cluster } from "../../../modules/cluster/cluster";
import { clusterSchema } from "../../../modules/cluster/schema";
import { resource, synthModule } from "../../support/synth";
import { attachedTo, aws, dependencies, names, policyIn, privateSubnetIds, synthCluster } from "./synthesis";

const on = synthCluster({ autoMode: { kind: "on" } });
const off = synthCluster();

describe("Auto Mode", () => {
  it("takes compute, storage and load balancing together", () => {
    expect(resource(on, "aws_eks_cluster", "cluster")).toMatchObject({
      compute_config: {
        enabled: true,
        node_pools: ["general-purpose", "system"],
        node_role_arn: `\${aws_iam_role.cluster_auto_node_role.arn}`,
      },
      storage_config: { block_storage: { enabled: true } },
      kubernetes_network_config: { elastic_load_balancing: { enabled: true }, service_ipv4_cidr: "172.20.0.0/16" },
    });
  });

  it("is absent when off, because EKS refuses to switch off what was never on", () => {
    const cluster = resource(off, "aws_eks_cluster", "cluster");
    expect(cluster).not.toHaveProperty("compute_config");
    expect(cluster).not.toHaveProperty("storage_config");
    expect(cluster["kubernetes_network_config"]).not.toHaveProperty("elastic_load_balancing");
    expect(names(off, "aws_iam_role")).toEqual(["cluster_role"]);
  });

  it("makes the node pools asked for", () => {
    const json = synthCluster({ autoMode: { kind: "on", nodePools: ["system"] } });
    expect(resource(json, "aws_eks_cluster", "cluster")).toMatchObject({ compute_config: { node_pools: ["system"] } });
  });

  it("lets the cluster's role make nodes, volumes, load balancers and interfaces", () => {
    expect(attachedTo(on, "cluster_role")).toEqual(
      [
        "AmazonEKSBlockStoragePolicy",
        "AmazonEKSClusterPolicy",
        "AmazonEKSComputePolicy",
        "AmazonEKSLoadBalancingPolicy",
        "AmazonEKSNetworkingPolicy",
      ].map((policy) => `arn:aws:iam::aws:policy/${policy}`),
    );
  });

  it("gives its nodes a role that joins the cluster and pulls images, and no more", () => {
    const role = resource(on, "aws_iam_role", "cluster_auto_node_role");
    expect(role["name"]).toBe("dev-auto-node");
    expect(policyIn(role, "assume_role_policy").Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    expect(attachedTo(on, "cluster_auto_node_role")).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy",
    ]);
  });

  it("keeps the policies of both roles until the cluster and its nodes are gone", () => {
    expect(dependencies(resource(on, "aws_eks_cluster", "cluster"))).toEqual(
      expect.arrayContaining([
        "aws_iam_role_policy_attachment.cluster_role_AmazonEKSComputePolicy",
        "aws_iam_role_policy_attachment.cluster_auto_node_role_AmazonEKSWorkerNodeMinimalPolicy",
      ]),
    );
  });

  it("has the cluster wait for the network, because its nodes come and go with it", () => {
    const clusterWith = (kind: "on" | "off") =>
      resource(
        synthModule((stack) => {
          const vpc = new Vpc(stack, "network", {});
          new Cluster(stack, "cluster", {
            environmentName: "dev",
            aws,
            cluster: { ...clusterSchema.parse({ autoMode: { kind } }), name: "dev" },
            network: { privateSubnetIds, ready: [vpc] },
          });
        }),
        "aws_eks_cluster",
        "cluster",
      );
    expect(dependencies(clusterWith("on"))).toContain("aws_vpc.network");
    expect(dependencies(clusterWith("off"))).not.toContain("aws_vpc.network");
  });
});
