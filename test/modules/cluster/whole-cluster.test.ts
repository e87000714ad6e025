import { describe, expect, it } from "vitest";
import { stacksOf } from "../../support/environments";
import { at } from "../../support/json";
import { resource } from "../../support/synth";

const { cluster, identity } = stacksOf("whole-cluster");
const newer = stacksOf("newer-provider");
const eks = resource(cluster, "aws_eks_cluster", "cluster");
const entry = (name: string) => resource(cluster, "aws_eks_access_entry", `cluster_access_${name}`);

describe("a control plane", () => {
  it("shifts zones, has other groups and goes past insights only where the environment says so", () => {
    expect(eks).toMatchObject({
      zonal_shift_config: { enabled: true },
      force_update_version: true,
      access_config: { authentication_mode: "API_AND_CONFIG_MAP" },
      vpc_config: { security_group_ids: ["sg-0123456789abcdef0"] },
    });
    const plain = resource(newer.cluster, "aws_eks_cluster", "cluster");
    for (const argument of ["zonal_shift_config", "force_update_version", "remote_network_config"]) {
      expect(plain).not.toHaveProperty(argument);
    }
  });

  it("runs as another's role where one is named, and makes none then", () => {
    expect(eks["role_arn"]).toBe("arn:aws:iam::123456789012:role/cluster");
    expect(cluster.resource["aws_iam_role"]).not.toHaveProperty("cluster_role");
  });

  it("writes logs of the class that is asked for", () => {
    expect(resource(cluster, "aws_cloudwatch_log_group", "cluster_logs")["log_group_class"]).toBe("INFREQUENT_ACCESS");
  });

  it("has the size that is paid for, and a provider that knows it", () => {
    expect(resource(newer.cluster, "aws_eks_cluster", "cluster")["control_plane_scaling_config"]).toEqual({
      tier: "tier-xl",
    });
    expect(at(newer.cluster.terraform, "required_providers", "aws")).toMatchObject({ version: ">= 6.25.0, < 7.0.0" });
    expect(at(newer.identity.terraform, "required_providers", "aws")).toMatchObject({ version: ">= 6.0.0, < 7.0.0" });
  });
});

describe("who comes in", () => {
  it("has the name in Kubernetes that is written, and nodes have neither name nor groups", () => {
    expect(entry("deployer")).toMatchObject({
      user_name: "deployer:{{SessionName}}",
      kubernetes_groups: ["deployers"],
    });
    expect(entry("own-machines")["type"]).toBe("EC2_LINUX");
    expect(entry("own-machines")).not.toHaveProperty("kubernetes_groups");
  });

  it("may have any access policy of EKS by its name", () => {
    const associations = Object.values(cluster.resource["aws_eks_access_policy_association"] ?? {});
    expect(associations.map((one) => one["policy_arn"])).toContain(
      "arn:aws:eks::aws:cluster-access-policy/AmazonEKSHybridPolicy",
    );
  });

  it("comes from an OpenID provider with a prefix before groups", () => {
    expect(resource(cluster, "aws_eks_identity_provider_config", "cluster_identity_provider")["oidc"]).toMatchObject({
      issuer_url: "https://example.okta.com/oauth2/default",
      groups_prefix: "okta:",
      required_claims: { aud: "eks" },
    });
  });
});

describe("hybrid nodes", () => {
  it("reach the API server from their networks, and join with a role that this account's Systems Manager takes", () => {
    const rules = Object.values(cluster.resource["aws_vpc_security_group_ingress_rule"] ?? {});
    expect(rules.map((rule) => rule["cidr_ipv4"])).toEqual(expect.arrayContaining(["10.200.0.0/16", "10.201.0.0/16"]));
    const role = resource(cluster, "aws_iam_role", "cluster_hybrid_role");
    expect(String(role["assume_role_policy"])).toContain('"aws:SourceAccount":"123456789012"');
    expect(resource(cluster, "aws_eks_access_entry", "cluster_hybrid_entry")["type"]).toBe("HYBRID_LINUX");
  });

  it("may take only themselves off this cluster", () => {
    expect(String(resource(cluster, "aws_iam_role_policy", "cluster_hybrid_role_policy")["policy"])).toContain(
      '"ssm:resourceTag/EKSClusterARN":"${aws_eks_cluster.cluster.arn}"',
    );
  });
});

describe("a capability", () => {
  it("has a role that only EKS's capabilities take, with what the environment says", () => {
    const role = resource(newer.cluster, "aws_iam_role", "cluster_capability_resources_role");
    expect(String(role["assume_role_policy"])).toContain("capabilities.eks.amazonaws.com");
    const policy = resource(newer.cluster, "aws_iam_role_policy", "cluster_capability_resources_role_policy");
    expect(String(policy["policy"])).toContain("sqs:CreateQueue");
    expect(newer.cluster.resource["aws_iam_role_policy"]).not.toHaveProperty(
      "cluster_capability_compositions_role_policy",
    );
  });

  it("of Argo CD is reached through endpoints, by those that Identity Center names", () => {
    expect(resource(newer.cluster, "aws_eks_capability", "cluster_capability_delivery")).toMatchObject({
      type: "ARGOCD",
      configuration: [{ argo_cd: [{ network_access: [{ vpce_ids: ["vpce-0123456789abcdef0"] }] }] }],
    });
  });
});

describe("an association of Pod Identity", () => {
  it("gives a service account a role made here, or another's", () => {
    const own = resource(identity, "aws_eks_pod_identity_association", "association_scanner_association");
    expect(own["role_arn"]).toBe("${aws_iam_role.association_scanner_role.arn}");
    const other = resource(identity, "aws_eks_pod_identity_association", "association_backup_association");
    expect(other["role_arn"]).toBe("arn:aws:iam::123456789012:role/velero");
  });

  it("goes on to a role of another account, which its own role may take", () => {
    const made = resource(newer.identity, "aws_eks_pod_identity_association", "association_ledger_association");
    expect(made).toMatchObject({
      target_role_arn: "arn:aws:iam::210987654321:role/ledger-reader",
      disable_session_tags: true,
    });
    const policy = resource(newer.identity, "aws_iam_policy", "association_ledger_policy");
    expect(String(policy["policy"])).toContain("arn:aws:iam::210987654321:role/ledger-reader");
  });
});

describe("machines of a node group", () => {
  const template = (name: string) => resource(cluster, "aws_launch_template", `cluster_nodes_${name}_launch_template`);

  it("are in the capacity block that is named, and tell EKS and EC2 alike", () => {
    expect(resource(cluster, "aws_eks_node_group", "cluster_nodes_training")["capacity_type"]).toBe("CAPACITY_BLOCK");
    expect(template("training")).toMatchObject({
      instance_market_options: { market_type: "capacity-block" },
      capacity_reservation_specification: {
        capacity_reservation_target: { capacity_reservation_id: "cr-0123456789abcdef0" },
      },
    });
  });

  it("are what is written beside their type, and nothing is said of the rest", () => {
    expect(template("training")).toMatchObject({
      monitoring: { enabled: true },
      placement: { group_name: "near-each-other" },
      cpu_options: { core_count: 48, threads_per_core: 1 },
      maintenance_options: { auto_recovery: "disabled" },
    });
    expect(template("burst")).toMatchObject({
      credit_specification: { cpu_credits: "standard" },
      enclave_options: { enabled: true },
      placement: { tenancy: "dedicated" },
      capacity_reservation_specification: { capacity_reservation_preference: "none" },
    });
    for (const argument of ["monitoring", "placement", "cpu_options", "capacity_reservation_specification"]) {
      expect(template("general")).not.toHaveProperty(argument);
    }
  });

  it("have volumes beside the first, which are encrypted too", () => {
    expect(JSON.stringify(template("training")["block_device_mappings"])).toMatch(
      /"\/dev\/xvdc".*"encrypted":"true".*"snapshot_id":"snap-0123456789abcdef0"/,
    );
  });
});
