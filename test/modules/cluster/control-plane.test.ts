import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { Cluster } from "../../../modules/cluster/cluster";
import { clusterSchema } from "../../../modules/cluster/schema";
import { resource, resources, synthModule } from "../../support/synth";
import { attachedTo, aws, dependencies, names, policyIn, privateSubnetIds, synthCluster } from "./synthesis";

const eks = (...args: Parameters<typeof synthCluster>) => resource(synthCluster(...args), "aws_eks_cluster", "cluster");

describe("the cluster's role", () => {
  it("trusts EKS to assume it and to tag the session, and nobody else", () => {
    const role = resource(synthCluster(), "aws_iam_role", "cluster_role");
    expect(role["name"]).toBe("dev-cluster");
    expect(policyIn(role, "assume_role_policy").Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: ["sts:AssumeRole", "sts:TagSession"] },
    ]);
  });

  it("has AmazonEKSClusterPolicy and nothing else", () => {
    expect(attachedTo(synthCluster(), "cluster_role")).toEqual(["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"]);
  });

  it("takes AWS's policies from the environment's partition", () => {
    const china = synthCluster({}, { aws: { ...aws, region: "cn-north-1", partition: "aws-cn" } });
    expect(attachedTo(china, "cluster_role")).toEqual(["arn:aws-cn:iam::aws:policy/AmazonEKSClusterPolicy"]);
  });

  it("keeps its policies until the cluster is gone", () => {
    expect(dependencies(eks())).toContain("aws_iam_role_policy_attachment.cluster_role_AmazonEKSClusterPolicy");
  });
});

describe("the API server", () => {
  it("is reached from the VPC alone unless asked otherwise", () => {
    expect(eks()["vpc_config"]).toEqual({
      subnet_ids: privateSubnetIds,
      endpoint_private_access: true,
      endpoint_public_access: false,
    });
  });

  it("opens to the networks that are named, and stays open to the VPC", () => {
    expect(eks({ endpoint: { kind: "public-and-private", cidrs: ["192.0.2.0/24"] } })["vpc_config"]).toEqual({
      subnet_ids: privateSubnetIds,
      endpoint_private_access: true,
      endpoint_public_access: true,
      public_access_cidrs: ["192.0.2.0/24"],
    });
  });

  it("lets a client in from outside by a rule of its own for port 443, and nobody without one", () => {
    const rule = "aws_vpc_security_group_ingress_rule";
    const json = synthCluster({
      endpoint: {
        kind: "private",
        clients: [
          { kind: "network", cidr: "10.100.0.0/16" },
          { kind: "security-group", id: "sg-0123456789abcdef0" },
          { kind: "prefix-list", id: "pl-0123456789abcdef0" },
        ],
      },
    });
    const common = {
      security_group_id: "${aws_eks_cluster.cluster.vpc_config[0].cluster_security_group_id}",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
    };
    expect(json.resource[rule]).toMatchObject({
      "cluster_client_10-100-0-0-16": { ...common, cidr_ipv4: "10.100.0.0/16" },
      "cluster_client_sg-0123456789abcdef0": { ...common, referenced_security_group_id: "sg-0123456789abcdef0" },
      "cluster_client_pl-0123456789abcdef0": { ...common, prefix_list_id: "pl-0123456789abcdef0" },
    });
    expect(Object.keys(json.resource[rule] ?? {})).toHaveLength(3);
    expect(synthCluster().resource[rule]).toBeUndefined();
  });

  it("admits by access entries alone, its creator not included", () => {
    expect(eks()["access_config"]).toEqual({
      authentication_mode: "API",
      bootstrap_cluster_creator_admin_permissions: false,
    });
  });

  it("starts without add-ons that nobody manages", () => {
    expect(eks()["bootstrap_self_managed_addons"]).toBe(false);
  });

  it("is not replaced for what EKS reads at its creation only", () => {
    expect(eks()["lifecycle"]).toEqual({
      ignore_changes: ["access_config[0].bootstrap_cluster_creator_admin_permissions", "bootstrap_self_managed_addons"],
    });
  });

  it("runs the version asked for and says what happens when its support ends", () => {
    expect(eks({ version: "1.34" })).toMatchObject({ version: "1.34", upgrade_policy: { support_type: "STANDARD" } });
    expect(eks({ supportType: "EXTENDED" })).toMatchObject({ upgrade_policy: { support_type: "EXTENDED" } });
  });

  it("gives Services the network asked for", () => {
    expect(eks({ serviceCidr: "10.100.0.0/16" })["kubernetes_network_config"]).toEqual({
      service_ipv4_cidr: "10.100.0.0/16",
    });
  });

  it("carries the cluster's name where it differs from the environment's", () => {
    const json = synthCluster({ name: "Platform_1" });
    expect(resource(json, "aws_eks_cluster", "cluster")["name"]).toBe("Platform_1");
    expect(resource(json, "aws_cloudwatch_log_group", "cluster_logs")["name"]).toBe("/aws/eks/Platform_1/cluster");
  });

  it("names deletion protection only when it is on, because older providers do not know it", () => {
    expect(eks()).not.toHaveProperty("deletion_protection");
    expect(eks({ deletionProtection: true })["deletion_protection"]).toBe(true);
  });
});

describe("Kubernetes secrets", () => {
  it("are encrypted with a customer key of the cluster's own, rotated every year", () => {
    const json = synthCluster();
    expect(resource(json, "aws_eks_cluster", "cluster")["encryption_config"]).toEqual({
      resources: ["secrets"],
      provider: { key_arn: `\${aws_kms_key.cluster_key.arn}` },
    });
    expect(resource(json, "aws_kms_key", "cluster_key")).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
    expect(resource(json, "aws_kms_alias", "cluster_key_alias")).toEqual({
      name: "alias/dev-cluster",
      target_key_id: `\${aws_kms_key.cluster_key.key_id}`,
    });
  });

  it("have a key that the account alone decides about", () => {
    const json = synthCluster({}, { aws: { ...aws, partition: "aws-us-gov" } });
    expect(policyIn(resource(json, "aws_kms_key", "cluster_key"), "policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws-us-gov:iam::123456789012:root" },
        Action: "kms:*",
        Resource: "*",
      },
    ]);
  });

  it("leave the key the days asked for before it ends", () => {
    const json = synthCluster({ encryption: { kind: "customer-key", deletionWindowDays: 7 } });
    expect(resource(json, "aws_kms_key", "cluster_key")["deletion_window_in_days"]).toBe(7);
  });

  it("use an existing key without making one", () => {
    const keyArn = "arn:aws:kms:us-west-2:123456789012:key/0123";
    const json = synthCluster({ encryption: { kind: "existing-key", keyArn } });
    expect(resource(json, "aws_eks_cluster", "cluster")["encryption_config"]).toMatchObject({
      provider: { key_arn: keyArn },
    });
    expect(names(json, "aws_kms_key")).toEqual([]);
  });

  it("stay with the key that AWS owns when that is asked for", () => {
    const json = synthCluster({ encryption: { kind: "aws-owned-key", reason: "no customer data in this account" } });
    expect(resource(json, "aws_eks_cluster", "cluster")).not.toHaveProperty("encryption_config");
    expect(names(json, "aws_kms_key")).toEqual([]);
  });
});

describe("control-plane logs", () => {
  it("go into a group that is there first and keeps them for a time", () => {
    const json = synthCluster({ logs: { retentionDays: 365 } });
    const cluster = resource(json, "aws_eks_cluster", "cluster");
    expect(cluster["enabled_cluster_log_types"]).toEqual([
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
    expect(resource(json, "aws_cloudwatch_log_group", "cluster_logs")).toEqual({
      name: "/aws/eks/dev/cluster",
      retention_in_days: 365,
    });
    expect(dependencies(cluster)).toContain("aws_cloudwatch_log_group.cluster_logs");
  });

  it("go to the group of that name that EKS wrote after an earlier cluster's end, where there is one", () => {
    const json = synthCluster();
    expect(json.data["aws_cloudwatch_log_groups"]).toEqual({
      cluster_logs_found: { log_group_name_prefix: "/aws/eks/dev/cluster" },
    });
    expect(json.import).toEqual([
      {
        for_each:
          '${toset([for name in data.aws_cloudwatch_log_groups.cluster_logs_found.log_group_names : name if name == "/aws/eks/dev/cluster"])}',
        to: "aws_cloudwatch_log_group.cluster_logs",
        id: "${each.value}",
      },
    ]);
  });

  it("make no group when there are none", () => {
    const json = synthCluster({ logs: { types: [] } });
    expect(resource(json, "aws_eks_cluster", "cluster")["enabled_cluster_log_types"]).toEqual([]);
    expect(resources(json, "aws_cloudwatch_log_group")).toEqual([]);
  });
});

describe("what the cluster tells others", () => {
  const outputs = (nodeGroups: Parameters<typeof synthCluster>[0] = {}) =>
    synthModule((stack) => {
      const cluster = new Cluster(stack, "cluster", {
        environmentName: "dev",
        aws,
        cluster: { ...clusterSchema.parse(nodeGroups), name: "dev" },
        network: { privateSubnetIds },
      });
      const { name, arn, endpoint, certificateAuthority, securityGroupId, oidcIssuerUrl, oidcIssuer, nodeRoleArn } =
        cluster;
      const contract = {
        name,
        arn,
        endpoint,
        certificateAuthority,
        securityGroupId,
        oidcIssuerUrl,
        oidcIssuer,
        nodeRoleArn,
      };
      for (const [output, value] of Object.entries(contract)) new TerraformOutput(stack, output, { value });
    }).output;

  it("are references to what EKS answers", () => {
    expect(outputs()).toMatchObject({
      name: { value: `\${aws_eks_cluster.cluster.name}` },
      arn: { value: `\${aws_eks_cluster.cluster.arn}` },
      endpoint: { value: `\${aws_eks_cluster.cluster.endpoint}` },
      certificateAuthority: { value: `\${aws_eks_cluster.cluster.certificate_authority[0].data}` },
      securityGroupId: { value: `\${aws_eks_cluster.cluster.vpc_config[0].cluster_security_group_id}` },
      oidcIssuerUrl: { value: `\${aws_eks_cluster.cluster.identity[0].oidc[0].issuer}` },
    });
  });

  it("have the issuer without https:// for IAM conditions", () => {
    expect(outputs()["oidcIssuer"]?.value).toBe(
      `\${trimprefix(aws_eks_cluster.cluster.identity[0].oidc[0].issuer, "https://")}`,
    );
  });

  it("have the nodes' role, or nothing where there are no nodes", () => {
    expect(outputs({ nodeGroups: { default: {} } })["nodeRoleArn"]?.value).toBe(
      `\${aws_iam_role.cluster_node_role.arn}`,
    );
    expect(outputs()["nodeRoleArn"]?.value).toBe("");
  });
});
