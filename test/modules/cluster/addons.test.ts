import { describe, expect, it } from "vitest";
import { resource, resources, type TerraformJson } from "../../support/synth";
import { attachedTo, aws, type ClusterInput, dependencies, names, policyIn, synthCluster } from "./synthesis";

const nodeGroups = { default: {} };
const fargateProfiles = { system: { selectors: [{ namespace: "kube-system" }] } };
const autoMode = { kind: "on" } as const;

const installed = (json: TerraformJson) => resources(json, "aws_eks_addon").map((addon) => addon["addon_name"]);
const addon = (json: TerraformJson, name: string) => resource(json, "aws_eks_addon", `cluster_addon_${name}`);
const configuration = (json: TerraformJson, name: string): unknown =>
  JSON.parse(String(addon(json, name)["configuration_values"]));

describe("the choice of add-ons", () => {
  it.each<[string, ClusterInput, readonly string[]]>([
    [
      "all five with node groups",
      { nodeGroups },
      ["aws-ebs-csi-driver", "coredns", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"],
    ],
    [
      "all five with node groups beside Fargate",
      { nodeGroups, fargateProfiles },
      ["aws-ebs-csi-driver", "coredns", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"],
    ],
    [
      "neither agent nor EBS driver with Fargate alone, which runs no DaemonSets and has no EBS",
      { fargateProfiles },
      ["coredns", "kube-proxy", "vpc-cni"],
    ],
    ["none with Auto Mode alone, which has their work built in", { autoMode }, []],
    [
      "all five with node groups beside Auto Mode",
      { autoMode, nodeGroups },
      ["aws-ebs-csi-driver", "coredns", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"],
    ],
    ["what Fargate needs beside Auto Mode", { autoMode, fargateProfiles }, ["coredns", "kube-proxy", "vpc-cni"]],
    ["no CoreDNS while there is nowhere for it to run", {}, ["kube-proxy", "vpc-cni"]],
    [
      "the metrics server with Auto Mode alone, which has none built in",
      { autoMode, addons: { "metrics-server": {} } },
      ["metrics-server"],
    ],
    [
      "no metrics server while there is nowhere for it to run",
      { addons: { "metrics-server": {} } },
      ["kube-proxy", "vpc-cni"],
    ],
  ])("is %s", (_rule, input, expected) => {
    expect(installed(synthCluster(input))).toEqual(expected);
  });

  it.each(["vpc-cni", "kube-proxy", "coredns", "aws-ebs-csi-driver", "metrics-server"] as const)(
    "leaves %s out when it is off",
    (name) => {
      expect(installed(synthCluster({ nodeGroups, addons: { [name]: "off" } }))).not.toContain(name);
    },
  );
});

describe("the order of add-ons", () => {
  const json = synthCluster({ nodeGroups, fargateProfiles, addons: { "metrics-server": {} } });

  it("has network, proxy and agent wait for no node", () => {
    for (const name of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"]) {
      expect(dependencies(addon(json, name))).not.toContain("aws_eks_node_group.cluster_nodes_default");
    }
  });

  it.each(["coredns", "aws-ebs-csi-driver", "metrics-server"])("has %s wait for nodes and Fargate profiles", (name) => {
    expect(dependencies(addon(json, name))).toEqual(
      expect.arrayContaining([
        "aws_eks_node_group.cluster_nodes_default",
        "aws_eks_fargate_profile.cluster_fargate_system",
      ]),
    );
  });

  it.each(["vpc-cni", "aws-ebs-csi-driver"])("has %s wait for the agent that gives it credentials", (name) => {
    expect(dependencies(addon(json, name))).toContain("aws_eks_addon.cluster_addon_eks-pod-identity-agent");
  });
});

describe("AWS permissions of add-ons", () => {
  it.each([
    ["vpc-cni", "aws-node", "AmazonEKS_CNI_Policy"],
    ["aws-ebs-csi-driver", "ebs-csi-controller-sa", "AmazonEBSCSIDriverPolicyV2"],
  ])("reach %s through Pod Identity, in a role of its own", (name, serviceAccount, policy) => {
    const json = synthCluster({ nodeGroups }, { aws: { ...aws, partition: "aws-us-gov" } });
    const address = `cluster_addon_${name}_role`;
    expect(addon(json, name)["pod_identity_association"]).toEqual([
      { service_account: serviceAccount, role_arn: `\${aws_iam_role.${address}.arn}` },
    ]);
    const role = resource(json, "aws_iam_role", address);
    expect(role["name"]).toBe(`dev-${name}`);
    expect(policyIn(role, "assume_role_policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      },
    ]);
    expect(attachedTo(json, address)).toEqual([`arn:aws-us-gov:iam::aws:policy/${policy}`]);
  });

  it("outlive the add-on that uses them", () => {
    expect(dependencies(addon(synthCluster({ nodeGroups }), "vpc-cni"))).toContain(
      "aws_iam_role_policy_attachment.cluster_addon_vpc-cni_role_AmazonEKS_CNI_Policy",
    );
  });

  it("come to the VPC CNI from the nodes' role when the agent is off", () => {
    const json = synthCluster({ nodeGroups, addons: { "eks-pod-identity-agent": "off", "aws-ebs-csi-driver": "off" } });
    expect(addon(json, "vpc-cni")).not.toHaveProperty("pod_identity_association");
    expect(attachedTo(json, "cluster_node_role")).toContain("arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy");
    expect(names(json, "aws_iam_role")).toEqual(["cluster_node_role", "cluster_role"]);
  });

  it("are not left on the nodes' role for a VPC CNI that is off", () => {
    const json = synthCluster({
      nodeGroups,
      addons: { "vpc-cni": "off", "eks-pod-identity-agent": "off", "aws-ebs-csi-driver": "off" },
    });
    expect(attachedTo(json, "cluster_node_role")).not.toContain("arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy");
  });

  it("would be missing for the EBS driver without the agent, so that is refused", () => {
    expect(() =>
      synthCluster({ nodeGroups, addons: { "eks-pod-identity-agent": "off" } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[Error: cluster.addons["aws-ebs-csi-driver"]: it is on while eks-pod-identity-agent is off. Its controller gets its AWS permissions through Pod Identity; the nodes' role is out of its reach over one metadata hop. Leave the agent on, or set cluster.addons["aws-ebs-csi-driver"] to "off".]`,
    );
  });

  it("need no agent where nothing runs that would use it", () => {
    const json = synthCluster({ fargateProfiles, addons: { "eks-pod-identity-agent": "off" } });
    expect(addon(json, "vpc-cni")).not.toHaveProperty("pod_identity_association");
    expect(names(json, "aws_iam_role")).toEqual(["cluster_fargate_pod_execution_role", "cluster_role"]);
  });
});

describe("the version of an add-on", () => {
  it("is what EKS recommends for the cluster's version by default, so that an upgrade takes it along", () => {
    const json = synthCluster({ nodeGroups });
    expect(addon(json, "coredns")["addon_version"]).toBe(
      `\${data.aws_eks_addon_version.cluster_addon_coredns_version.version}`,
    );
    expect(json.data["aws_eks_addon_version"]?.["cluster_addon_coredns_version"]).toEqual({
      addon_name: "coredns",
      kubernetes_version: `\${aws_eks_cluster.cluster.version}`,
      most_recent: false,
    });
  });

  it("is the newest for the cluster's version when latest is asked for", () => {
    const json = synthCluster({ nodeGroups, addons: { coredns: { version: "latest" } } });
    expect(addon(json, "coredns")["addon_version"]).toBe(
      `\${data.aws_eks_addon_version.cluster_addon_coredns_version.version}`,
    );
    expect(json.data["aws_eks_addon_version"]?.["cluster_addon_coredns_version"]).toEqual({
      addon_name: "coredns",
      kubernetes_version: `\${aws_eks_cluster.cluster.version}`,
      most_recent: true,
    });
  });

  it("is the one that is pinned", () => {
    const json = synthCluster({ nodeGroups, addons: { "vpc-cni": { version: "v1.22.4-eksbuild.1" } } });
    expect(addon(json, "vpc-cni")["addon_version"]).toBe("v1.22.4-eksbuild.1");
  });
});

describe("the configuration of an add-on", () => {
  it("is the JSON that stands in the environment", () => {
    const values = { env: { ENABLE_PREFIX_DELEGATION: "true" }, enableNetworkPolicy: "true" };
    const json = synthCluster({ nodeGroups, addons: { "vpc-cni": { configuration: values } } });
    expect(configuration(json, "vpc-cni")).toEqual(values);
  });

  it("is stated even when empty, so that removed values go away", () => {
    expect(addon(synthCluster({ nodeGroups }), "kube-proxy")["configuration_values"]).toBe("{}");
  });

  it("wins over what was changed by hand or left behind", () => {
    for (const block of resources(synthCluster({ nodeGroups }), "aws_eks_addon")) {
      expect(block).toMatchObject({
        resolve_conflicts_on_create: "OVERWRITE",
        resolve_conflicts_on_update: "OVERWRITE",
      });
    }
  });

  it("sends CoreDNS to Fargate where there is nothing else, and keeps the rest of its values", () => {
    const json = synthCluster({ fargateProfiles, addons: { coredns: { configuration: { replicaCount: 3 } } } });
    expect(configuration(json, "coredns")).toEqual({ computeType: "Fargate", replicaCount: 3 });
  });

  it("leaves CoreDNS on nodes where there are nodes", () => {
    expect(configuration(synthCluster({ nodeGroups, fargateProfiles }), "coredns")).toEqual({});
  });
});
