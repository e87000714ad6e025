import type { Concern } from "../../../commands/review/model";
import { add, type Editable, manifest, remove, set, values } from "../../support/change-stacks";

/** A change of an environment, and what its review has to say. */
export interface PreparedChange {
  readonly name: string;
  readonly environment: string;
  readonly make: (stacks: Editable) => void;
  /** `<action> <address>` of every resource that differs. */
  readonly changes: readonly string[];
  readonly concerns: readonly Concern[];
}

const ingress = "kubernetes_ingress_v1.workload_shop_alb";
const service = "kubernetes_service_v1.workload_shop_service";
const deployment = "kubernetes_deployment_v1.workload_shop_deployment";
const cluster = "aws_eks_cluster.cluster";
const nodes = "aws_eks_node_group.cluster_nodes_general";
const repository = "aws_ecr_repository.registry_shop";
const policy = "aws_iam_policy.awsLoadBalancerController_policy";
const role = "aws_iam_role.awsLoadBalancerController_role";
const namespace = "kubernetes_namespace_v1.namespaces_shop";
const alb = (name: string) => ["metadata", "annotations", `alb.ingress.kubernetes.io/${name}`];
const container = (...path: readonly string[]) => ["spec", "template", "spec", "container", ...path];
const clusterGroup = "${aws_eks_cluster.cluster.vpc_config[0].cluster_security_group_id}";

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource?: string | string[];
  Condition?: object;
  Principal?: object;
}

/** Changes the statements of a policy, which is JSON text. */
export function statements(
  stacks: Editable,
  address: string,
  change: (statements: Statement[]) => Statement[],
  argument = "policy",
): void {
  const [type = "", name = ""] = address.split(".");
  const blocks = stacks.identity["resource"] as Record<string, Record<string, Record<string, string>>>;
  const parsed: { Statement: Statement[] } = JSON.parse(blocks[type]?.[name]?.[argument] ?? "");
  set(stacks, "identity", address, [argument], JSON.stringify({ ...parsed, Statement: change(parsed.Statement) }));
}

/** Renames a resource, and what refers to it. */
export function rename(stacks: Editable, stack: keyof Editable, from: string, to: string): void {
  const [type = "", name = ""] = from.split(".");
  const resources = stacks[stack]["resource"] as Record<string, Record<string, unknown>>;
  const block = resources[type]?.[name];
  remove(stacks, stack, from);
  resources[type] = { ...resources[type], [to.split(".")[1] ?? ""]: block };
  stacks[stack] = JSON.parse(
    JSON.stringify(stacks[stack]).replaceAll(`${from}.`, `${to}.`).replaceAll(`"${from}"`, `"${to}"`),
  );
}

const moved = (stacks: Editable, stack: keyof Editable, from: string, to: string) => {
  rename(stacks, stack, from, to);
  stacks[stack]["moved"] = [{ from, to }];
};

export const preparedChanges: readonly PreparedChange[] = [
  // Network.
  {
    name: "the public endpoint is opened",
    environment: "dev",
    make: (s) => set(s, "cluster", cluster, ["vpc_config", "public_access_cidrs"], ["0.0.0.0/0"]),
    changes: [`change ${cluster}`],
    concerns: ["hole", "way-opened"],
  },
  {
    name: "the public endpoint has another network",
    environment: "dev",
    make: (s) =>
      set(s, "cluster", cluster, ["vpc_config", "public_access_cidrs"], ["203.0.113.0/24", "198.51.100.0/24"]),
    changes: [`change ${cluster}`],
    concerns: ["way-opened"],
  },
  {
    name: "a subnet has another CIDR, and the node group goes with it",
    environment: "dev",
    make: (s) => set(s, "cluster", "aws_subnet.network_private_a", ["cidr_block"], "10.10.64.0/20"),
    changes: [
      `replace ${nodes}`,
      "replace aws_route_table_association.network_private_a_routes",
      "replace aws_subnet.network_private_a",
    ],
    concerns: ["replacement", "replacement", "replacement"],
  },
  {
    name: "a NAT gateway is gone",
    environment: "prod",
    make: (s) => {
      remove(s, "cluster", "aws_nat_gateway.network_c");
      set(s, "cluster", "aws_route.network_private_c_default", ["nat_gateway_id"], "${aws_nat_gateway.network_a.id}");
    },
    changes: ["change aws_route.network_private_c_default", "remove aws_nat_gateway.network_c"],
    concerns: [],
  },
  {
    name: "a fixed address is given back",
    environment: "prod",
    make: (s) => remove(s, "cluster", "aws_eip.network_nat_c"),
    changes: ["remove aws_eip.network_nat_c"],
    concerns: ["removal"],
  },
  {
    name: "flow logs are switched off",
    environment: "dev",
    make: (s) => remove(s, "cluster", "aws_flow_log.network_flow_logs"),
    changes: ["remove aws_flow_log.network_flow_logs"],
    concerns: ["logs-lost", "policy"],
  },
  {
    name: "a rule lets another network into the cluster's group",
    environment: "prod",
    make: (s) =>
      add(s, "cluster", "aws_vpc_security_group_ingress_rule.more", {
        security_group_id: clusterGroup,
        cidr_ipv4: "10.0.0.0/8",
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
      }),
    changes: ["add aws_vpc_security_group_ingress_rule.more"],
    concerns: ["group-opened", "way-opened"],
  },
  {
    name: "a rule lets the world in",
    environment: "prod",
    make: (s) =>
      add(s, "cluster", "aws_vpc_security_group_ingress_rule.more", {
        security_group_id: clusterGroup,
        cidr_ipv4: "0.0.0.0/0",
        ip_protocol: "tcp",
        from_port: 22,
        to_port: 22,
      }),
    changes: ["add aws_vpc_security_group_ingress_rule.more"],
    concerns: ["group-opened", "hole"],
  },
  {
    name: "an interface endpoint is added",
    environment: "dev",
    make: (s) =>
      add(s, "cluster", "aws_vpc_endpoint.logs", {
        vpc_endpoint_type: "Interface",
        service_name: "com.amazonaws.eu-west-1.logs",
      }),
    changes: ["add aws_vpc_endpoint.logs"],
    concerns: [],
  },
  // Cluster and nodes.
  {
    name: "the cluster has another name",
    environment: "dev",
    make: (s) => set(s, "cluster", cluster, ["name"], "dev2"),
    changes: [`replace ${cluster}`],
    concerns: ["replacement"],
  },
  {
    name: "Kubernetes is a version newer",
    environment: "dev",
    make: (s) => set(s, "cluster", cluster, ["version"], "1.36"),
    changes: [`change ${cluster}`],
    concerns: [],
  },
  {
    name: "an argument that Terraform ignores",
    environment: "dev",
    make: (s) => set(s, "cluster", cluster, ["bootstrap_self_managed_addons"], true),
    changes: [`change ${cluster}`],
    concerns: [],
  },
  {
    name: "secrets are encrypted no more",
    environment: "dev",
    make: (s) => set(s, "cluster", cluster, ["encryption_config"], undefined),
    changes: [`replace ${cluster}`],
    concerns: ["encryption-lost", "replacement"],
  },
  {
    name: "the audit log is kept no more",
    environment: "dev",
    make: (s) =>
      set(
        s,
        "cluster",
        cluster,
        ["enabled_cluster_log_types"],
        ["api", "authenticator", "controllerManager", "scheduler"],
      ),
    changes: [`change ${cluster}`],
    concerns: ["logs-lost"],
  },
  {
    name: "logs are kept for a week",
    environment: "prod",
    make: (s) => set(s, "cluster", "aws_cloudwatch_log_group.cluster_logs", ["retention_in_days"], 7),
    changes: ["change aws_cloudwatch_log_group.cluster_logs"],
    concerns: ["logs-lost"],
  },
  {
    name: "deletion protection is switched off",
    environment: "prod",
    make: (s) => set(s, "cluster", cluster, ["deletion_protection"], false),
    changes: [`change ${cluster}`],
    concerns: ["protection-lost"],
  },
  {
    name: "a node group has other instance types",
    environment: "dev",
    make: (s) => set(s, "cluster", nodes, ["instance_types"], ["m7g.xlarge"]),
    changes: [`replace ${nodes}`],
    concerns: ["replacement"],
  },
  {
    name: "a node group grows",
    environment: "dev",
    make: (s) => set(s, "cluster", nodes, ["scaling_config", "max_size"], 8),
    changes: [`change ${nodes}`],
    concerns: [],
  },
  {
    name: "a node group's disk is larger",
    environment: "dev",
    make: (s) =>
      set(
        s,
        "cluster",
        "aws_launch_template.cluster_nodes_general_launch_template",
        ["block_device_mappings"],
        [{ device_name: "/dev/xvdb", ebs: { encrypted: "true", volume_size: 200, volume_type: "gp3" } }],
      ),
    changes: ["change aws_launch_template.cluster_nodes_general_launch_template"],
    concerns: [],
  },
  {
    name: "a node group's disk is encrypted no more",
    environment: "dev",
    make: (s) =>
      set(
        s,
        "cluster",
        "aws_launch_template.cluster_nodes_general_launch_template",
        ["block_device_mappings", "ebs", "encrypted"],
        "false",
      ),
    changes: ["change aws_launch_template.cluster_nodes_general_launch_template"],
    concerns: ["encryption-lost"],
  },
  {
    name: "instances answer metadata requests without a token",
    environment: "dev",
    make: (s) =>
      set(
        s,
        "cluster",
        "aws_launch_template.cluster_nodes_general_launch_template",
        ["metadata_options", "http_tokens"],
        "optional",
      ),
    changes: ["change aws_launch_template.cluster_nodes_general_launch_template"],
    concerns: ["protection-lost"],
  },
  {
    name: "a node group is gone",
    environment: "prod",
    make: (s) => remove(s, "cluster", nodes),
    changes: [`remove ${nodes}`],
    concerns: ["removal"],
  },
  {
    name: "a principal gains access to the cluster",
    environment: "dev",
    make: (s) =>
      add(s, "cluster", "aws_eks_access_entry.cluster_access_guests", {
        cluster_name: "${aws_eks_cluster.cluster.name}",
        principal_arn: "arn:aws:iam::123456789012:role/guests",
      }),
    changes: ["add aws_eks_access_entry.cluster_access_guests"],
    concerns: ["cluster-access-gained", "way-opened"],
  },
  {
    name: "developers become administrators of the cluster",
    environment: "dev",
    make: (s) =>
      set(
        s,
        "cluster",
        "aws_eks_access_policy_association.cluster_access_developers_edit",
        ["policy_arn"],
        "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      ),
    changes: ["replace aws_eks_access_policy_association.cluster_access_developers_edit"],
    concerns: ["escalation", "permission-gained", "replacement"],
  },
  {
    name: "the key is rotated no more",
    environment: "dev",
    make: (s) => set(s, "cluster", "aws_kms_key.cluster_key", ["enable_key_rotation"], false),
    changes: ["change aws_kms_key.cluster_key"],
    concerns: ["encryption-lost"],
  },
  {
    name: "a repository is encrypted without a key of one's own",
    environment: "prod",
    make: (s) => set(s, "cluster", repository, ["encryption_configuration", "encryption_type"], "AES256"),
    changes: [`replace ${repository}`],
    concerns: ["replacement"],
  },
  // Registry and zones.
  {
    name: "a repository is renamed in the stack without moved",
    environment: "dev",
    make: (s) => rename(s, "cluster", repository, "aws_ecr_repository.registry_store"),
    changes: ["add aws_ecr_repository.registry_store", "change aws_ecr_lifecycle_policy.registry_shop_lifecycle"],
    concerns: ["rename-without-moved"],
  },
  {
    name: "a repository is renamed in the stack with moved",
    environment: "dev",
    make: (s) => moved(s, "cluster", repository, "aws_ecr_repository.registry_store"),
    changes: ["move aws_ecr_repository.registry_store"],
    concerns: [],
  },
  {
    name: "a repository has another name",
    environment: "dev",
    make: (s) => set(s, "cluster", repository, ["name"], "store"),
    changes: [`replace ${repository}`],
    concerns: ["replacement"],
  },
  {
    name: "images may be overwritten",
    environment: "dev",
    make: (s) => set(s, "cluster", repository, ["image_tag_mutability"], "MUTABLE"),
    changes: [`change ${repository}`],
    concerns: ["protection-lost"],
  },
  {
    name: "a repository is deleted with its images",
    environment: "prod",
    make: (s) => set(s, "cluster", repository, ["force_delete"], true),
    changes: [`change ${repository}`],
    concerns: ["protection-lost"],
  },
  // IAM.
  {
    name: "iam:PassRole is gained through a list that is reordered",
    environment: "dev",
    make: (s) =>
      statements(s, policy, (all) =>
        all
          .map((one, index) =>
            index === 1 ? { ...one, Action: [...[one.Action].flat(), "iam:PassRole"].reverse() } : one,
          )
          .reverse(),
      ),
    changes: [`change ${policy}`],
    concerns: ["escalation", "permission-gained"],
  },
  {
    name: "a permission to read is gained",
    environment: "dev",
    make: (s) =>
      statements(s, policy, (all) => [...all, { Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }]),
    changes: [`change ${policy}`],
    concerns: [],
  },
  {
    name: "a permission to write is gained",
    environment: "dev",
    make: (s) => statements(s, policy, (all) => [...all, { Effect: "Allow", Action: "s3:PutObject", Resource: "*" }]),
    changes: [`change ${policy}`],
    concerns: ["permission-gained"],
  },
  {
    name: "a permission is lost",
    environment: "dev",
    make: (s) => statements(s, policy, (all) => all.slice(1)),
    changes: [`change ${policy}`],
    concerns: [],
  },
  {
    name: "a condition is lost",
    environment: "dev",
    make: (s) =>
      statements(s, policy, ([first, ...all]) =>
        first === undefined ? all : [{ Effect: first.Effect, Action: first.Action, Resource: "*" }, ...all],
      ),
    changes: [`change ${policy}`],
    concerns: ["permission-gained"],
  },
  {
    name: "a role is everything",
    environment: "dev",
    make: (s) =>
      add(s, "identity", "aws_iam_role_policy_attachment.more", {
        role: "${aws_iam_role.externalDns_role.name}",
        policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
    changes: ["add aws_iam_role_policy_attachment.more"],
    concerns: ["escalation", "permission-gained", "policy"],
  },
  {
    name: "another principal may take a role",
    environment: "dev",
    make: (s) =>
      statements(
        s,
        role,
        (all) => [
          ...all,
          { Effect: "Allow", Principal: { AWS: "arn:aws:iam::999999999999:root" }, Action: "sts:AssumeRole" },
        ],
        "assume_role_policy",
      ),
    changes: [`change ${role}`],
    concerns: ["principal-gained"],
  },
  // Contracts.
  {
    name: "an output is retyped",
    environment: "dev",
    make: (s) => {
      (s.cluster["output"] as Record<string, object>)["private_subnet_ids"] = { value: "subnet-1" };
    },
    changes: [],
    concerns: [],
  },
  {
    name: "an output that others read is gone",
    environment: "dev",
    make: (s) => {
      delete (s.cluster["output"] as Record<string, object>)["repository_urls"];
    },
    changes: [],
    concerns: ["contract-broken"],
  },
  {
    name: "an output that others read is of another type",
    environment: "dev",
    make: (s) => {
      (s.cluster["output"] as Record<string, object>)["repository_urls"] = { value: "none" };
    },
    changes: [],
    concerns: ["contract-broken"],
  },
  // Controllers.
  {
    name: "a chart is a version newer",
    environment: "dev",
    make: (s) => set(s, "controllers", "helm_release.cert-manager", ["version"], "v1.22.0"),
    changes: ["change helm_release.cert-manager"],
    concerns: [],
  },
  {
    name: "a Helm value three levels down",
    environment: "dev",
    make: (s) =>
      values(s, "controllers", "cert-manager", (v) => {
        (v["webhook"] as Record<string, Record<string, unknown>>)["podDisruptionBudget"] = {
          enabled: true,
          minAvailable: 2,
        };
      }),
    changes: ["change helm_release.cert-manager"],
    concerns: [],
  },
  {
    name: "a controller goes to another namespace",
    environment: "dev",
    make: (s) => set(s, "controllers", "helm_release.external-dns", ["namespace"], "dns"),
    changes: ["replace helm_release.external-dns"],
    concerns: ["replacement"],
  },
  {
    name: "Emissary faces the VPC alone",
    environment: "prod",
    make: (s) =>
      values(s, "controllers", "emissary", (v) => {
        const service = v["service"] as Record<string, Record<string, string>>;
        service["annotations"] = {
          ...service["annotations"],
          "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
        };
      }),
    changes: ["change helm_release.emissary"],
    concerns: ["way-opened"],
  },
  // Workloads and doors.
  {
    name: "an image is newer",
    environment: "dev",
    make: (s) => set(s, "apps", deployment, container("image"), "example.com/shop:2.0.0"),
    changes: [`change ${deployment}`],
    concerns: [],
  },
  {
    name: "an environment variable is added",
    environment: "dev",
    make: (s) => set(s, "apps", deployment, container("env"), [{ name: "LEVEL", value: "debug" }]),
    changes: [`change ${deployment}`],
    concerns: [],
  },
  {
    name: "a container may raise its privileges",
    environment: "dev",
    make: (s) => set(s, "apps", deployment, container("security_context", "allow_privilege_escalation"), true),
    changes: [`change ${deployment}`],
    concerns: ["pod-security-weakened"],
  },
  {
    name: "pods get a token of the API server",
    environment: "dev",
    make: (s) => set(s, "apps", deployment, ["spec", "template", "spec", "automount_service_account_token"], true),
    changes: [`change ${deployment}`],
    concerns: ["pod-security-weakened"],
  },
  {
    name: "a namespace admits weaker pods",
    environment: "dev",
    make: (s) => set(s, "apps", namespace, ["metadata", "labels", "pod-security.kubernetes.io/enforce"], "baseline"),
    changes: [`change ${namespace}`],
    concerns: ["pod-security-weakened"],
  },
  {
    name: "a namespace is gone",
    environment: "dev",
    make: (s) => remove(s, "apps", namespace),
    changes: [`remove ${namespace}`],
    concerns: ["removal"],
  },
  {
    name: "a certificate is swapped",
    environment: "prod",
    make: (s) =>
      set(
        s,
        "apps",
        ingress,
        alb("certificate-arn"),
        "arn:aws:acm:eu-west-1:210987654321:certificate/99999999-2222-3333-4444-555555555555",
      ),
    changes: [`change ${ingress}`],
    concerns: ["way-opened"],
  },
  {
    name: "a door answers without TLS",
    environment: "prod",
    make: (s) => {
      set(s, "apps", ingress, alb("listen-ports"), '[{"HTTP":80}]');
      set(s, "apps", ingress, alb("certificate-arn"), undefined);
      set(s, "apps", ingress, alb("ssl-redirect"), undefined);
    },
    changes: [`change ${ingress}`],
    concerns: ["hole", "way-opened", "way-opened"],
  },
  {
    name: "an internal door faces the internet",
    environment: "every-entry-1",
    make: (s) => set(s, "apps", "kubernetes_ingress_v1.workload_behind-alb_alb", alb("scheme"), "internet-facing"),
    changes: ["change kubernetes_ingress_v1.workload_behind-alb_alb"],
    concerns: ["hole", "way-opened"],
  },
  {
    name: "a route of an API asks nobody any more",
    environment: "every-entry-1",
    make: (s) => set(s, "apps", "aws_apigatewayv2_route.api_shop_path_shop_ANY", ["authorization_type"], "NONE"),
    changes: ["change aws_apigatewayv2_route.api_shop_path_shop_ANY"],
    concerns: ["hole", "way-opened"],
  },
  {
    name: "a route is gone",
    environment: "dev",
    make: (s) => remove(s, "apps", ingress),
    changes: [`remove ${ingress}`],
    concerns: ["way-removed"],
  },
  {
    name: "a route leads to another workload",
    environment: "seeds",
    make: (s) =>
      manifest(s, "apps", "workload_predict-server_ambassador_api-mapping", "Mapping", (spec) => {
        spec["service"] = "bookservice:80";
      }),
    changes: ["change helm_release.workload_predict-server_ambassador_api-mapping"],
    concerns: ["way-opened"],
  },
  {
    name: "a Service changes its port",
    environment: "dev",
    make: (s) => {
      set(s, "apps", service, ["spec", "port", "port"], 80);
      set(s, "apps", ingress, ["spec", "rule", "http", "path", "backend", "service", "port", "number"], 80);
    },
    changes: [`change ${ingress}`, `change ${service}`],
    concerns: [],
  },
  {
    name: "a door is added",
    environment: "dev",
    make: (s) => {
      (s.apps["output"] as Record<string, { value: object }>)["doors"] = {
        value: { "shop/alb/shop": "a", "shop/nlb/shop-nlb": "b" },
      };
      add(s, "apps", "kubernetes_service_v1.workload_shop_nlb", {
        metadata: {
          name: "shop-nlb",
          namespace: "shop",
          annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
        },
        spec: {
          type: "LoadBalancer",
          load_balancer_class: "service.k8s.aws/nlb",
          selector: { app: "shop" },
          port: [{ port: 80, target_port: "8080" }],
        },
      });
    },
    changes: ["add kubernetes_service_v1.workload_shop_nlb"],
    concerns: ["way-added"],
  },
  {
    name: "somebody gains rights within Kubernetes",
    environment: "dev",
    make: (s) =>
      add(s, "apps", "helm_release.rights", {
        name: "rights",
        namespace: "shop",
        chart: "./assets/x",
        values: [
          JSON.stringify({
            manifests: [
              { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding", metadata: { name: "shop" } },
            ],
          }),
        ],
      }),
    changes: ["add helm_release.rights"],
    concerns: ["kubernetes-rights-gained"],
  },
  {
    name: "a network policy is gone",
    environment: "dev",
    make: (s) => remove(s, "apps", "kubernetes_network_policy_v1.shop"),
    changes: ["remove kubernetes_network_policy_v1.shop"],
    concerns: ["network-policy-lost"],
  },
];
