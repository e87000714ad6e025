import { endpointOf } from "../../doors/network";
import { placeOf } from "../../terraform-json/environment-json";
import { listAt, listOf, numberAt, parsed, textAt, textsAt } from "../../terraform-json/json";
import { type Policy, where } from "./policy";

const everywhere = ["0.0.0.0/0", "::/0"];
const daysOfAYear = 365;

/** Whether a statement of a policy allows every action on everything. */
function allowsEverything(text: string | undefined): boolean {
  return listAt(parsed(text), "Statement").some(
    (statement) =>
      textAt(statement, "Effect") === "Allow" &&
      listAt(statement, "Action").includes("*") &&
      listAt(statement, "Resource").includes("*"),
  );
}

/** Policies over the cluster, its network and nodes, registry, keys, logs and roles. */
export const accountPolicies: readonly Policy[] = [
  {
    id: "endpoint-networks",
    reason: "Whoever reaches the API server can try every credential and every fault in it.",
    fix: "Name the networks that may connect, or make the endpoint private.",
    names: { securityHub: ["EKS.1"], cisEks: "5.4.1", checkov: ["CKV_AWS_38"], trivy: ["AWS-0041"] },
    broken: where("aws_eks_cluster", (cluster) => {
      const { isPublic, cidrs } = endpointOf(cluster);
      return isPublic && (cidrs.length === 0 || cidrs.some((cidr) => everywhere.includes(cidr)));
    }),
  },
  {
    id: "endpoint-private",
    reason: "With a private endpoint, nodes and people reach the API server without leaving the VPC.",
    fix: 'Choose `cluster.endpoint.kind: "private"`.',
    names: { securityHub: ["EKS.1"], cisEks: "5.4.2", checkov: ["CKV_AWS_39"], trivy: ["AWS-0040"] },
    broken: where("aws_eks_cluster", (cluster) => endpointOf(cluster).isPublic),
  },
  {
    id: "secrets-encrypted",
    reason: "Secrets of Kubernetes are then encrypted with a key whose use is recorded.",
    fix: "Leave `cluster.encryption` at its default, or name a key.",
    names: { securityHub: ["EKS.3"], cisEks: "5.3.1", checkov: ["CKV_AWS_58"], trivy: ["AWS-0039"] },
    broken: where(
      "aws_eks_cluster",
      ({ arguments: given }) => !textsAt(given, "encryption_config", "resources").includes("secrets"),
    ),
  },
  {
    id: "control-plane-logs",
    reason: "Without the audit log nobody can say later who did what.",
    fix: "Keep every type in `cluster.logs.types`.",
    names: { securityHub: ["EKS.8"], cisEks: "2.1.1", checkov: ["CKV_AWS_37"], trivy: ["AWS-0038"] },
    broken: where("aws_eks_cluster", ({ arguments: given }) =>
      ["api", "audit", "authenticator"].some((type) => !textsAt(given, "enabled_cluster_log_types").includes(type)),
    ),
  },
  {
    id: "network-policy-enforced",
    reason: "Without enforcement every pod reaches every other.",
    fix: "Have the VPC CNI enforce network policies.",
    names: { cisEks: "5.4.4" },
    broken: ({ policies: { policies: all, enforced } }) => (enforced ? [] : all.map(({ block }) => placeOf(block))),
  },
  {
    id: "metadata-token",
    reason: "Without a token, a request that a pod is talked into yields the node's credentials.",
    fix: "Require tokens: it is the default.",
    names: { securityHub: ["EC2.170"], checkov: ["CKV_AWS_79"], trivy: ["AWS-0130"] },
    broken: where(
      "aws_launch_template",
      ({ arguments: given }) => textAt(given, "metadata_options", "http_tokens") !== "required",
    ),
  },
  {
    id: "volumes-encrypted",
    reason: "A disk or its snapshot is then of no use without the key.",
    fix: "Leave the disk of the node group at its default.",
    names: { securityHub: ["EC2.181"] },
    broken: where("aws_launch_template", ({ arguments: given }) =>
      listAt(given, "block_device_mappings").some((mapping) => textAt(mapping, "ebs", "encrypted") !== "true"),
    ),
  },
  {
    id: "no-public-addresses",
    reason: "A machine with a public address is one rule away from the internet.",
    fix: "Nothing here needs `map_public_ip_on_launch`.",
    names: { securityHub: ["EC2.15"], cisEks: "5.4.3", checkov: ["CKV_AWS_130"], trivy: ["AWS-0164"] },
    broken: where("aws_subnet", ({ arguments: given }) => textAt(given, "map_public_ip_on_launch") === "true"),
  },
  {
    id: "default-group-empty",
    reason: "What is made without a group gets the default one.",
    fix: "Leave it without rules.",
    names: { securityHub: ["EC2.2"], checkov: ["CKV2_AWS_12"], trivy: ["AWS-0173"] },
    broken: where(
      "aws_default_security_group",
      ({ arguments: given }) => listOf(given["ingress"]).length + listOf(given["egress"]).length > 0,
    ),
  },
  {
    id: "flow-logs",
    reason: "They say afterwards who talked to whom.",
    fix: "Leave `network.flowLogs` at its default.",
    names: { securityHub: ["EC2.6"], checkov: ["CKV2_AWS_11"], trivy: ["AWS-0178"] },
    broken: where("aws_vpc", (vpc, landscape) => landscape.naming("aws_flow_log", "vpc_id", vpc).length === 0),
  },
  {
    id: "group-not-open",
    reason: "Every machine of the internet may try.",
    fix: "Name networks, prefix lists or groups.",
    names: { securityHub: ["EC2.18"], checkov: ["CKV_AWS_24", "CKV_AWS_260"], trivy: ["AWS-0107"] },
    broken: ({ groups }) =>
      groups.rules
        .filter(({ direction, cidrs }) => direction === "ingress" && cidrs.some((cidr) => everywhere.includes(cidr)))
        .map(({ block }) => placeOf(block)),
  },
  {
    id: "images-scanned",
    reason: "A known fault in an image is then seen when it is pushed.",
    fix: "Leave scanning on.",
    names: { securityHub: ["ECR.1"], cisEks: "5.1.1", checkov: ["CKV_AWS_163"], trivy: ["AWS-0030"] },
    broken: where(
      "aws_ecr_repository",
      ({ arguments: given }) => textAt(given, "image_scanning_configuration", "scan_on_push") !== "true",
    ),
  },
  {
    id: "images-immutable",
    reason: "A tag that can be pushed twice says nothing of what runs.",
    fix: "Leave tags immutable.",
    names: { securityHub: ["ECR.2"], checkov: ["CKV_AWS_51"], trivy: ["AWS-0031"] },
    broken: where(
      "aws_ecr_repository",
      ({ arguments: given }) => textAt(given, "image_tag_mutability") !== "IMMUTABLE",
    ),
  },
  {
    id: "images-customer-key",
    reason: "Whoever may read images is then decided by a key of one's own too.",
    fix: 'Choose `encryption: { kind: "kms" }` for the repository.',
    names: { securityHub: ["ECR.5"], checkov: ["CKV_AWS_136"], trivy: ["AWS-0033"] },
    broken: where(
      "aws_ecr_repository",
      ({ arguments: given }) => textAt(given, "encryption_configuration", "encryption_type") !== "KMS",
    ),
  },
  {
    id: "key-rotation",
    reason: "A key that leaks is then of use for a year at most.",
    fix: "Leave rotation on.",
    names: { securityHub: ["KMS.4"], checkov: ["CKV_AWS_7"], trivy: ["AWS-0065"] },
    broken: where("aws_kms_key", ({ arguments: given }) => textAt(given, "enable_key_rotation") !== "true"),
  },
  {
    id: "logs-customer-key",
    reason: "Logs hold what callers sent; a key of one's own decides who reads them.",
    fix: "Name a key for the log group.",
    names: { checkov: ["CKV_AWS_158"], trivy: ["AWS-0017"] },
    broken: where("aws_cloudwatch_log_group", ({ arguments: given }) => given["kms_key_id"] === undefined),
  },
  {
    id: "logs-kept-a-year",
    reason: "What happened is often asked after months.",
    fix: "Keep logs for 365 days or more.",
    names: { securityHub: ["CloudWatch.16"], checkov: ["CKV_AWS_338"] },
    broken: where("aws_cloudwatch_log_group", ({ arguments: given }) => {
      const days = numberAt(given, "retention_in_days") ?? 0;
      // None is for ever.
      return days !== 0 && days < daysOfAYear;
    }),
  },
  {
    id: "no-full-administrator",
    reason: "Whoever comes to such a role comes to everything.",
    fix: "Name the actions that are needed.",
    names: { securityHub: ["IAM.1"], checkov: ["CKV_AWS_62", "CKV_AWS_63"], trivy: ["AWS-0057"] },
    broken: (landscape) => [
      ...["aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy"].flatMap((type) =>
        where(type, ({ arguments: given }) => allowsEverything(textAt(given, "policy")))(landscape),
      ),
      ...where("aws_iam_role_policy_attachment", ({ arguments: given }) =>
        (textAt(given, "policy_arn") ?? "").endsWith(":policy/AdministratorAccess"),
      )(landscape),
    ],
  },
];
