import type { FieldChange, Replacement } from "./model";

/** Arguments of a type whose change has Terraform destroy it and make it anew. */
interface Rule {
  /** Paths, by their beginning; `*` is every argument but `tags` and `timeouts`. */
  readonly fields: readonly string[];
  /** Those that replace it only where they are taken away. Default: none. */
  readonly whenRemoved?: readonly string[];
  /** Those that replace it only where another value takes the place of one. Default: none. */
  readonly whenExchanged?: readonly string[];
  readonly loses: string;
  /** The provider's own limit for making one, in minutes. Default: it has none. */
  readonly upToMinutes?: number;
}

const awsDocs = (name: string) => `https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/${name}`;
const kubernetesDocs = (name: string) =>
  `https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/${name}`;

/** What is said of a type without a line of its own here: nothing, for we do not know. */
const rules: Readonly<Record<string, Rule>> = {
  aws_eks_cluster: {
    fields: [
      "name",
      "role_arn",
      "bootstrap_self_managed_addons",
      "kubernetes_network_config.service_ipv4_cidr",
      "kubernetes_network_config.ip_family",
      "access_config.bootstrap_cluster_creator_admin_permissions",
      "outpost_config",
    ],
    whenRemoved: ["encryption_config"],
    whenExchanged: ["compute_config.node_role_arn"],
    loses: "the cluster and everything in it",
    upToMinutes: 30,
  },
  aws_eks_node_group: {
    fields: [
      "ami_type",
      "capacity_type",
      "cluster_name",
      "disk_size",
      "instance_types",
      "node_group_name",
      "node_group_name_prefix",
      "node_role_arn",
      "remote_access",
      "subnet_ids",
      "launch_template.id",
      "launch_template.name",
    ],
    loses: "every node of the group, and the pods on them",
    upToMinutes: 60,
  },
  aws_eks_fargate_profile: {
    fields: ["cluster_name", "fargate_profile_name", "pod_execution_role_arn", "selector", "subnet_ids"],
    loses: "the profile, and the pods that run by it",
    upToMinutes: 10,
  },
  aws_eks_addon: { fields: ["addon_name", "cluster_name"], loses: "the add-on", upToMinutes: 20 },
  aws_eks_access_entry: {
    fields: ["cluster_name", "principal_arn", "type"],
    loses: "the principal's way into the cluster",
  },
  aws_eks_access_policy_association: { fields: ["*"], loses: "what the principal may do" },
  aws_eks_pod_identity_association: {
    fields: ["cluster_name", "namespace", "service_account"],
    loses: "the pods' credentials",
  },
  aws_vpc: {
    fields: ["cidr_block", "instance_tenancy", "ipv4_ipam_pool_id"],
    loses: "the network and everything in it",
  },
  aws_subnet: {
    fields: ["cidr_block", "availability_zone", "availability_zone_id", "vpc_id", "ipv6_native"],
    loses: "the subnet, and what stands in it",
    upToMinutes: 10,
  },
  aws_nat_gateway: {
    fields: ["allocation_id", "subnet_id", "connectivity_type", "private_ip"],
    loses: "the way out of private subnets meanwhile",
    upToMinutes: 10,
  },
  aws_eip: {
    fields: ["domain", "network_border_group", "public_ipv4_pool", "address"],
    loses: "a fixed public address, for good",
  },
  aws_internet_gateway: { fields: [], loses: "the way to and from the internet", upToMinutes: 20 },
  aws_route_table: { fields: ["vpc_id"], loses: "the routes of its subnets meanwhile", upToMinutes: 5 },
  aws_route_table_association: {
    fields: ["subnet_id", "gateway_id"],
    loses: "the subnet's routes meanwhile",
    upToMinutes: 5,
  },
  aws_vpc_endpoint: {
    fields: ["service_name", "vpc_endpoint_type", "vpc_id", "service_region"],
    loses: "the private way to an AWS service meanwhile",
    upToMinutes: 10,
  },
  aws_security_group: {
    fields: ["name", "name_prefix", "description", "vpc_id"],
    loses: "the group's id, which rules and load balancers name",
    upToMinutes: 10,
  },
  aws_lb: {
    fields: ["name", "name_prefix", "internal", "load_balancer_type"],
    loses: "the load balancer's address",
    upToMinutes: 10,
  },
  aws_lb_target_group: {
    fields: ["name", "name_prefix", "port", "protocol", "protocol_version", "target_type", "vpc_id", "ip_address_type"],
    loses: "its targets until they are registered anew",
  },
  aws_lb_listener: { fields: ["load_balancer_arn"], loses: "the listener meanwhile" },
  aws_ecr_repository: {
    fields: ["name", "encryption_configuration"],
    loses: "the repository with every image in it",
  },
  aws_iam_role: {
    fields: ["name", "name_prefix", "path"],
    loses: "the role's identity, which policies elsewhere may name",
  },
  aws_iam_user: { fields: [], loses: "the user with its keys" },
  aws_iam_role_policy: { fields: ["name", "role"], loses: "what the role may do meanwhile" },
  aws_iam_role_policy_attachment: { fields: ["*"], loses: "what the role may do meanwhile" },
  aws_iam_openid_connect_provider: {
    fields: ["url"],
    loses: "every pod's credentials by IRSA meanwhile",
  },
  aws_kms_key: {
    fields: ["customer_master_key_spec", "key_usage", "multi_region", "custom_key_store_id"],
    loses: "the key, and what is encrypted with it",
  },
  aws_cloudwatch_log_group: { fields: ["name", "name_prefix"], loses: "the log group with its logs" },
  aws_route53_zone: {
    fields: ["name", "delegation_set_id"],
    loses: "the zone with its records and name servers",
  },
  aws_route53_record: {
    fields: ["name", "zone_id"],
    loses: "the record meanwhile",
  },
  aws_api_gateway_rest_api: { fields: [], loses: "the API's id and its name" },
  aws_api_gateway_stage: { fields: ["rest_api_id", "stage_name"], loses: "the stage meanwhile" },
  aws_api_gateway_resource: { fields: ["rest_api_id"], loses: "a path of the API" },
  aws_api_gateway_method: {
    fields: ["rest_api_id", "resource_id", "http_method"],
    loses: "a method of the API",
  },
  aws_api_gateway_vpc_link: { fields: ["target_arns"], loses: "the API's way into the VPC meanwhile", upToMinutes: 20 },
  aws_api_gateway_domain_name: { fields: ["domain_name"], loses: "the name's address meanwhile" },
  aws_apigatewayv2_api: { fields: ["protocol_type"], loses: "the API's id and its name" },
  aws_apigatewayv2_stage: { fields: ["api_id", "name"], loses: "the stage meanwhile" },
  aws_apigatewayv2_route: { fields: ["api_id"], loses: "a route of the API" },
  aws_apigatewayv2_integration: {
    fields: ["api_id", "integration_type", "integration_subtype"],
    loses: "the API's way to a workload meanwhile",
  },
  aws_apigatewayv2_vpc_link: {
    fields: ["security_group_ids", "subnet_ids"],
    loses: "the API's way into the VPC meanwhile",
  },
  aws_apigatewayv2_domain_name: { fields: ["domain_name"], loses: "the name's address meanwhile" },
  aws_cloudfront_distribution: { fields: [], loses: "the distribution's name", upToMinutes: 90 },
  aws_vpclattice_service_network: { fields: ["name"], loses: "the service network meanwhile" },
  aws_vpclattice_auth_policy: { fields: ["resource_identifier"], loses: "the services' callers meanwhile" },
  aws_vpclattice_service_network_vpc_association: {
    fields: ["service_network_identifier", "vpc_identifier"],
    loses: "the VPC's way to the services meanwhile",
  },
  aws_flow_log: { fields: ["*"], loses: "records of traffic meanwhile" },
  kubernetes_namespace_v1: {
    fields: ["metadata.name", "metadata.generate_name"],
    loses: "the namespace and everything in it",
  },
  kubernetes_deployment_v1: {
    fields: ["metadata.name", "metadata.namespace", "spec.selector"],
    loses: "every pod of the Deployment meanwhile",
    upToMinutes: 10,
  },
  kubernetes_service_v1: {
    fields: ["metadata.name", "metadata.namespace", "spec.load_balancer_class", "spec.cluster_ip"],
    loses: "the Service's address, and its load balancer where it has one",
    upToMinutes: 10,
  },
  kubernetes_ingress_v1: {
    fields: ["metadata.name", "metadata.namespace"],
    loses: "the Ingress, and its load balancer's address",
    upToMinutes: 20,
  },
  kubernetes_config_map_v1: {
    fields: ["metadata.name", "metadata.namespace"],
    loses: "the ConfigMap meanwhile",
  },
  kubernetes_service_account_v1: {
    fields: ["metadata.name", "metadata.namespace"],
    loses: "the service account meanwhile",
  },
  helm_release: { fields: ["name", "namespace"], loses: "everything that the release installed", upToMinutes: 5 },
};

function sourceOf(type: string): string {
  if (type.startsWith("kubernetes_")) return kubernetesDocs(type.slice("kubernetes_".length));
  if (type.startsWith("helm_"))
    return "https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release";
  return awsDocs(type.slice("aws_".length));
}

/** Why a change of these fields replaces a resource; undefined where it does not, or nothing is known of the type. */
export function replacementOf(type: string, changes: readonly FieldChange[]): Replacement | undefined {
  const rule = rules[type];
  if (rule === undefined) return undefined;
  const forcing = changes
    .filter(
      ({ path, before, after }) =>
        rule.fields.some((field) => covers(field, path)) ||
        (after === undefined && rule.whenRemoved?.includes(path) === true) ||
        (before !== undefined &&
          after !== undefined &&
          rule.whenExchanged?.some((field) => covers(field, path)) === true),
    )
    .map(({ path }) => path);
  if (forcing.length === 0) return undefined;
  const { loses, upToMinutes } = rule;
  return { fields: forcing, loses, ...(upToMinutes === undefined ? {} : { upToMinutes }), source: sourceOf(type) };
}

/** Arguments whose change replaces a resource of a type. */
export function forcingFields(type: string): readonly string[] {
  return [...(rules[type]?.fields ?? []), ...(rules[type]?.whenExchanged ?? [])];
}

/** Types whose line was held against the provider's own code too, by its `ForceNew`. */
export const readInTheSource: readonly string[] = [
  "aws_eks_cluster",
  "aws_eks_node_group",
  "aws_eks_fargate_profile",
  "aws_eks_access_entry",
  "aws_nat_gateway",
  "aws_apigatewayv2_vpc_link",
];

/** What goes with a resource that is removed. */
export function lossOf(type: string): string | undefined {
  return rules[type]?.loses;
}

function covers(field: string, path: string): boolean {
  const plain = path.replace(/\[[^\]]*\]/g, "");
  if (field === "*") return !/^(tags|timeouts|depends_on|lifecycle|provider)\b/.test(plain);
  return plain === field || plain.startsWith(`${field}.`);
}

/** Types that have a line here, for the documentation. */
export const replacementRules: Readonly<Record<string, Rule & { readonly source: string }>> = Object.fromEntries(
  Object.entries(rules).map(([type, rule]) => [type, { ...rule, source: sourceOf(type) }]),
);
