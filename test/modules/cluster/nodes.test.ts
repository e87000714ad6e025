import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { describe, expect, it } from "vitest";
import { Cluster } from "../../../modules/cluster/cluster";
import { clusterSchema } from "../../../modules/cluster/schema";
import { resource, synthModule } from "../../support/synth";
import {
  attachedTo,
  aws,
  type ClusterInput,
  dependencies,
  names,
  policyIn,
  privateSubnetIds,
  synthCluster,
} from "./synthesis";

type GroupInput = NonNullable<ClusterInput["nodeGroups"]>[string];

const withGroup = (group: GroupInput = {}) => synthCluster({ nodeGroups: { default: group } });
const nodeGroup = (group?: GroupInput) => resource(withGroup(group), "aws_eks_node_group", "cluster_nodes_default");
const template = (group?: GroupInput) =>
  resource(withGroup(group), "aws_launch_template", "cluster_nodes_default_launch_template");

describe("a managed node group", () => {
  it("runs x86 AL2023 on demand in the private subnets unless asked otherwise", () => {
    expect(nodeGroup()).toMatchObject({
      cluster_name: `\${aws_eks_cluster.cluster.name}`,
      node_role_arn: `\${aws_iam_role.cluster_node_role.arn}`,
      subnet_ids: privateSubnetIds,
      ami_type: "AL2023_x86_64_STANDARD",
      capacity_type: "ON_DEMAND",
      instance_types: ["m7i.large"],
    });
  });

  it.each(["AL2023_ARM_64_STANDARD", "BOTTLEROCKET_ARM_64"] as const)("runs %s on arm machines", (amiType) => {
    expect(nodeGroup({ amiType })).toMatchObject({ ami_type: amiType, instance_types: ["m7g.large"] });
  });

  it("runs on the instance types and the capacity asked for", () => {
    expect(nodeGroup({ capacity: "SPOT", instanceTypes: ["m7i.large", "m6i.large"] })).toMatchObject({
      capacity_type: "SPOT",
      instance_types: ["m7i.large", "m6i.large"],
    });
  });

  it("starts with the desired number of nodes and leaves it to the autoscaler afterwards", () => {
    const group = nodeGroup({ size: { min: 1, desired: 3, max: 6 } });
    expect(group["scaling_config"]).toEqual({
      min_size: 1,
      desired_size: expect.stringMatching(/ : 3\}$/),
      max_size: 6,
    });
    expect(group["lifecycle"]).toMatchObject({ ignore_changes: ["scaling_config[0].desired_size"] });
  });

  it("starts with as many nodes as run of the group that it replaces, within its limits", () => {
    const json = withGroup({ size: { min: 1, desired: 3, max: 6 } });
    const running = "length(data.aws_instances.cluster_nodes_default_running.ids)";
    expect(resource(json, "aws_eks_node_group", "cluster_nodes_default")["scaling_config"]).toMatchObject({
      desired_size: `\${(${running} >= 1) ? max(1, min(6, ${running})) : 3}`,
    });
    expect(json.data["aws_instances"]?.["cluster_nodes_default_running"]).toEqual({
      filter: [
        { name: "tag:eks:cluster-name", values: ["${aws_eks_cluster.cluster.name}"] },
        { name: "tag:eks:nodegroup-name", values: [`default-${"?".repeat(26)}`] },
      ],
      instance_state_names: ["pending", "running"],
    });
  });

  it("is replaced only once the new one stands, under a name of its own", () => {
    const group = nodeGroup();
    expect(group["lifecycle"]).toMatchObject({ create_before_destroy: true });
    expect(group["node_group_name_prefix"]).toBe("default-");
    expect(group).not.toHaveProperty("node_group_name");
  });

  it("follows the version of the control plane", () => {
    expect(nodeGroup()["version"]).toBe(`\${aws_eks_cluster.cluster.version}`);
  });

  const newest = "${data.aws_ssm_parameter.cluster_nodes_default_release.insecure_value}";

  it.each([
    [
      "AL2023_x86_64_STANDARD",
      "eks/optimized-ami/VERSION/amazon-linux-2023/x86_64/standard/recommended/release_version",
    ],
    [
      "AL2023_ARM_64_STANDARD",
      "eks/optimized-ami/VERSION/amazon-linux-2023/arm64/standard/recommended/release_version",
    ],
    ["AL2023_x86_64_NVIDIA", "eks/optimized-ami/VERSION/amazon-linux-2023/x86_64/nvidia/recommended/release_version"],
    ["AL2023_x86_64_NEURON", "eks/optimized-ami/VERSION/amazon-linux-2023/x86_64/neuron/recommended/release_version"],
    ["BOTTLEROCKET_x86_64", "bottlerocket/aws-k8s-VERSION/x86_64/latest/image_version"],
    ["BOTTLEROCKET_ARM_64", "bottlerocket/aws-k8s-VERSION/arm64/latest/image_version"],
  ] as const)("of %s gets the newest release of its image for the cluster's version", (amiType, parameter) => {
    const json = synthCluster({ nodeGroups: { default: { amiType, instanceTypes: ["m7i.large"] } } });
    expect(resource(json, "aws_eks_node_group", "cluster_nodes_default")["release_version"]).toBe(newest);
    expect(json.data["aws_ssm_parameter"]?.["cluster_nodes_default_release"]).toEqual({
      name: `/aws/service/${parameter.replace("VERSION", "${aws_eks_cluster.cluster.version}")}`,
    });
  });

  it("stays at the release that is pinned", () => {
    const json = synthCluster({ nodeGroups: { default: { release: "1.35.3-20260911" } } });
    expect(resource(json, "aws_eks_node_group", "cluster_nodes_default")["release_version"]).toBe("1.35.3-20260911");
    expect(json.data["aws_ssm_parameter"]).toBeUndefined();
  });

  it("carries labels and taints", () => {
    const group = nodeGroup({
      labels: { team: "data" },
      taints: [
        { key: "dedicated", value: "data", effect: "NO_SCHEDULE" },
        { key: "spot", effect: "PREFER_NO_SCHEDULE" },
      ],
    });
    expect(group["labels"]).toEqual({ team: "data" });
    expect(group["taint"]).toEqual([
      { key: "dedicated", value: "data", effect: "NO_SCHEDULE" },
      { key: "spot", effect: "PREFER_NO_SCHEDULE" },
    ]);
  });

  it("loses one node at a time to an update unless the budget says otherwise", () => {
    expect(nodeGroup()["update_config"]).toEqual({ max_unavailable: 1 });
    expect(nodeGroup({ update: { kind: "percentage", percentage: 33 } })["update_config"]).toEqual({
      max_unavailable_percentage: 33,
    });
  });

  it("starts machines from the newest version of its launch template", () => {
    expect(nodeGroup()["launch_template"]).toEqual({
      id: `\${aws_launch_template.cluster_nodes_default_launch_template.id}`,
      version: `\${aws_launch_template.cluster_nodes_default_launch_template.latest_version}`,
    });
  });

  it("starts after network, agent and proxy add-ons and after its role's policies", () => {
    expect(dependencies(nodeGroup())).toEqual([
      "aws_eks_addon.cluster_addon_eks-pod-identity-agent",
      "aws_eks_addon.cluster_addon_vpc-cni",
      "aws_eks_addon.cluster_addon_kube-proxy",
      "aws_iam_role_policy_attachment.cluster_node_role_AmazonEKSWorkerNodePolicy",
      "aws_iam_role_policy_attachment.cluster_node_role_AmazonEC2ContainerRegistryPullOnly",
    ]);
  });

  it("starts after the network that it needs and ends before it", () => {
    const json = synthModule((stack) => {
      const vpc = new Vpc(stack, "network", {});
      new Cluster(stack, "cluster", {
        environmentName: "dev",
        aws,
        cluster: { ...clusterSchema.parse({ nodeGroups: { default: {} } }), name: "dev" },
        network: { privateSubnetIds, ready: [vpc] },
      });
    });
    expect(dependencies(resource(json, "aws_eks_node_group", "cluster_nodes_default"))).toContain("aws_vpc.network");
  });
});

describe("the machines of a node group", () => {
  it("answer for their metadata by IMDSv2 alone, to the node alone", () => {
    expect(template()["metadata_options"]).toEqual({
      http_endpoint: "enabled",
      http_tokens: "required",
      http_put_response_hop_limit: 1,
    });
  });

  it("answer pods too, still by IMDSv2 alone, where that is asked for", () => {
    const metadata = { kind: "pods-too", reason: "an agent reads the instance's tags" } as const;
    expect(template({ metadata })["metadata_options"]).toEqual({
      http_endpoint: "enabled",
      http_tokens: "required",
      http_put_response_hop_limit: 2,
    });
  });

  it("have an encrypted gp3 root volume on AL2023", () => {
    expect(template({ disk: { sizeGiB: 80 } })["block_device_mappings"]).toEqual([
      {
        device_name: "/dev/xvda",
        ebs: { volume_type: "gp3", volume_size: 80, encrypted: "true", delete_on_termination: "true" },
      },
    ]);
  });

  it("have an encrypted operating system and an encrypted data volume of the size asked for on Bottlerocket", () => {
    expect(template({ amiType: "BOTTLEROCKET_x86_64", disk: { sizeGiB: 80 } })["block_device_mappings"]).toEqual([
      { device_name: "/dev/xvda", ebs: { volume_type: "gp3", encrypted: "true", delete_on_termination: "true" } },
      {
        device_name: "/dev/xvdb",
        ebs: { volume_type: "gp3", volume_size: 80, encrypted: "true", delete_on_termination: "true" },
      },
    ]);
  });

  it("use the customer key given for every volume", () => {
    const kmsKeyArn = "arn:aws:kms:us-west-2:123456789012:key/0123";
    const volumes = template({ amiType: "BOTTLEROCKET_x86_64", disk: { kmsKeyArn } })["block_device_mappings"];
    expect(volumes).toMatchObject([{ ebs: { kms_key_id: kmsKeyArn } }, { ebs: { kms_key_id: kmsKeyArn } }]);
  });

  it("carry the environment's tags and a name on machine, volumes and interfaces", () => {
    const tags = `\${merge(data.aws_default_tags.cluster_default_tags.tags, {"Name" = "dev-default"})}`;
    expect(template()["tag_specifications"]).toEqual([
      { resource_type: "instance", tags },
      { resource_type: "volume", tags },
      { resource_type: "network-interface", tags },
    ]);
    expect(withGroup().data["aws_default_tags"]).toEqual({ cluster_default_tags: {} });
  });

  it("leave the template's name to be completed, so that two environments cannot collide", () => {
    expect(template()["name_prefix"]).toBe("dev-default-");
    expect(template()).not.toHaveProperty("name");
  });
});

describe("the nodes' role", () => {
  it("is one for all groups and trusts EC2 alone", () => {
    const json = synthCluster({ nodeGroups: { blue: {}, green: {} } });
    const role = resource(json, "aws_iam_role", "cluster_node_role");
    expect(role["name"]).toBe("dev-node");
    expect(policyIn(role, "assume_role_policy").Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    for (const group of ["blue", "green"]) {
      expect(resource(json, "aws_eks_node_group", `cluster_nodes_${group}`)["node_role_arn"]).toBe(
        `\${aws_iam_role.cluster_node_role.arn}`,
      );
    }
  });

  it("may join the cluster and pull images, and no more", () => {
    expect(attachedTo(withGroup(), "cluster_node_role")).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    ]);
  });

  it("has Session Manager's policy only if a group asks for shells", () => {
    const ssm = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
    expect(attachedTo(withGroup(), "cluster_node_role")).not.toContain(ssm);
    const json = synthCluster({ nodeGroups: { blue: {}, green: { sessionManager: true } } });
    expect(attachedTo(json, "cluster_node_role")).toContain(ssm);
  });

  it("does not exist without node groups", () => {
    const json = synthCluster({ fargateProfiles: { all: { selectors: [{ namespace: "*" }] } } });
    expect(names(json, "aws_iam_role")).not.toContain("cluster_node_role");
  });
});

describe("kube2iam", () => {
  const kube2iamRoleArns = ["arn:aws:iam::123456789012:role/dev-ingress"];

  it("may take on exactly the roles declared, and ask which regions there are", () => {
    const json = synthCluster({ nodeGroups: { default: {} } }, { kube2iamRoleArns });
    const policy = resource(json, "aws_iam_role_policy", "cluster_node_role_kube2iam");
    expect(policy["role"]).toBe(`\${aws_iam_role.cluster_node_role.name}`);
    expect(policyIn(policy, "policy").Statement).toEqual([
      { Effect: "Allow", Action: "sts:AssumeRole", Resource: kube2iamRoleArns },
      { Effect: "Allow", Action: "ec2:DescribeRegions", Resource: "*" },
    ]);
  });

  it("gives nodes no right to assume roles where it has none", () => {
    expect(names(withGroup(), "aws_iam_role_policy")).toEqual([]);
  });

  it("is refused where no node has a role", () => {
    expect(() => synthCluster({}, { kube2iamRoleArns })).toThrowErrorMatchingInlineSnapshot(
      `[Error: cluster.nodeGroups: there are none, while kube2iam is to take on arn:aws:iam::123456789012:role/dev-ingress. kube2iam does that with the role of the nodes it runs on, which only node groups have. Add a node group, or give those pods IRSA or Pod Identity.]`,
    );
  });
});
