import { describe, expect, it } from "vitest";
import { Landscape } from "../../../commands/doors/landscape";
import { policies, violationsOf } from "../../../commands/review/policies/policies";
import { policyIds } from "../../../modules/policies/policy-ids";
import { add, type Editable, editable, set } from "../../support/change-stacks";
import { stacksOf } from "../../support/environments";

const landscape = (name: string, stacks: Editable) => new Landscape({ name, stacks });
const deployment = "kubernetes_deployment_v1.workload_shop_deployment";
const container = (...path: readonly string[]) => ["spec", "template", "spec", "container", ...path];

/** A change of prod or every-entry-1 that breaks each policy which they keep. */
const breaking: Readonly<Record<string, { readonly environment: string; readonly make: (stacks: Editable) => void }>> =
  {
    "endpoint-networks": {
      environment: "dev",
      make: (s) => set(s, "cluster", "aws_eks_cluster.cluster", ["vpc_config", "public_access_cidrs"], ["0.0.0.0/0"]),
    },
    "endpoint-private": {
      environment: "prod",
      make: (s) => set(s, "cluster", "aws_eks_cluster.cluster", ["vpc_config", "endpoint_public_access"], true),
    },
    "secrets-encrypted": {
      environment: "prod",
      make: (s) => set(s, "cluster", "aws_eks_cluster.cluster", ["encryption_config"], undefined),
    },
    "control-plane-logs": {
      environment: "prod",
      make: (s) => set(s, "cluster", "aws_eks_cluster.cluster", ["enabled_cluster_log_types"], ["api"]),
    },
    "network-policy-enforced": {
      environment: "dev",
      make: (s) =>
        add(s, "apps", "kubernetes_network_policy_v1.shop", {
          metadata: { name: "shop", namespace: "shop" },
          spec: {},
        }),
    },
    "metadata-token": {
      environment: "prod",
      make: (s) =>
        set(
          s,
          "cluster",
          "aws_launch_template.cluster_nodes_general_launch_template",
          ["metadata_options", "http_tokens"],
          "optional",
        ),
    },
    "volumes-encrypted": {
      environment: "prod",
      make: (s) =>
        set(
          s,
          "cluster",
          "aws_launch_template.cluster_nodes_general_launch_template",
          ["block_device_mappings", "ebs", "encrypted"],
          "false",
        ),
    },
    "no-public-addresses": {
      environment: "prod",
      make: (s) => set(s, "cluster", "aws_subnet.network_public_a", ["map_public_ip_on_launch"], true),
    },
    "default-group-empty": {
      environment: "prod",
      make: (s) => set(s, "cluster", "aws_default_security_group.network_default", ["egress"], [{ protocol: "-1" }]),
    },
    "flow-logs": {
      environment: "prod",
      make: (s) => set(s, "cluster", "aws_flow_log.network_flow_logs", ["vpc_id"], "vpc-1"),
    },
    "group-not-open": {
      environment: "prod",
      make: (s) =>
        add(s, "cluster", "aws_vpc_security_group_ingress_rule.open", {
          security_group_id: "sg-1",
          cidr_ipv6: "::/0",
          ip_protocol: "-1",
        }),
    },
    "images-scanned": {
      environment: "prod",
      make: (s) =>
        set(s, "cluster", "aws_ecr_repository.registry_shop", ["image_scanning_configuration", "scan_on_push"], false),
    },
    "images-immutable": {
      environment: "prod",
      make: (s) => set(s, "cluster", "aws_ecr_repository.registry_shop", ["image_tag_mutability"], "MUTABLE"),
    },
    "images-customer-key": {
      environment: "prod",
      make: (s) => set(s, "cluster", "aws_ecr_repository.registry_shop", ["encryption_configuration"], undefined),
    },
    "key-rotation": {
      environment: "prod",
      make: (s) => set(s, "cluster", "aws_kms_key.cluster_key", ["enable_key_rotation"], false),
    },
    "logs-customer-key": {
      environment: "prod",
      make: (s) => add(s, "cluster", "aws_cloudwatch_log_group.more", { name: "more" }),
    },
    "logs-kept-a-year": {
      environment: "prod",
      make: (s) => set(s, "cluster", "aws_cloudwatch_log_group.cluster_logs", ["retention_in_days"], 30),
    },
    "no-full-administrator": {
      environment: "prod",
      make: (s) =>
        add(s, "identity", "aws_iam_policy.all", {
          policy: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
        }),
    },
    "balancer-protected": { environment: "prod", make: (s) => add(s, "apps", "aws_lb.more", { internal: true }) },
    "balancer-logs": { environment: "prod", make: (s) => add(s, "apps", "aws_lb.more", { internal: true }) },
    "invalid-headers-dropped": {
      environment: "prod",
      make: (s) =>
        set(
          s,
          "apps",
          "kubernetes_ingress_v1.workload_shop_alb",
          ["metadata", "annotations", "alb.ingress.kubernetes.io/load-balancer-attributes"],
          undefined,
        ),
    },
    "api-authorization": {
      environment: "every-entry-1",
      make: (s) => set(s, "apps", "aws_apigatewayv2_route.api_shop_path_shop_ANY", ["authorization_type"], undefined),
    },
    "api-access-logs": {
      environment: "every-entry-1",
      make: (s) => add(s, "apps", "aws_apigatewayv2_stage.more", { name: "more" }),
    },
    "distribution-web-acl": {
      environment: "every-entry-1",
      make: (s) => add(s, "apps", "aws_cloudfront_distribution.more", { enabled: true }),
    },
    "pods-no-token": {
      environment: "prod",
      make: (s) => set(s, "apps", deployment, ["spec", "template", "spec", "automount_service_account_token"], true),
    },
    "pods-not-privileged": {
      environment: "prod",
      make: (s) => set(s, "apps", deployment, container("security_context", "privileged"), true),
    },
    "pods-no-escalation": {
      environment: "prod",
      make: (s) => set(s, "apps", deployment, container("security_context", "allow_privilege_escalation"), undefined),
    },
  };

describe("a policy", () => {
  it.each(policies.map(({ id }) => id))("%s is broken by what it is about, at one place more than before", (id) => {
    const { environment = "prod", make } = breaking[id] ?? {};
    const broken = (stacks: Editable) =>
      violationsOf(landscape(environment, stacks)).filter(({ policy }) => policy === id);
    const stacks = editable(stacksOf(environment));
    const before = broken(stacks).length;
    make?.(stacks);
    expect(broken(stacks)).toHaveLength(before + 1);
  });

  it("has a name of its own, a reason and something to do", () => {
    expect(new Set(policies.map(({ id }) => id)).size).toBe(policies.length);
    for (const { reason, fix } of policies)
      expect([reason, fix]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
  });
});

describe("ids of policies, which environments write,", () => {
  it("are those of the policies, in their order", () => {
    expect(policies.map(({ id }) => id)).toEqual(policyIds);
  });
});
