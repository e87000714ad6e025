import { albIngresses } from "../../doors/alb";
import { albAnnotation, words } from "../../doors/ingress";
import type { Landscape } from "../../doors/landscape";
import { endpointOf } from "../../doors/network";
import { definedMethods } from "../../doors/rest-api";
import { placeOf } from "../../terraform-json/environment-json";
import { at, listAt, listOf, numberAt, parsed, textAt, textsAt } from "../../terraform-json/json";
import type { KubernetesObject } from "../../terraform-json/kubernetes-objects";
import { type Policy, type Violation, where } from "./policy";

const everywhere = ["0.0.0.0/0", "::/0"];
const daysOfAYear = 365;

/** Containers of workloads that break something. */
function containers(
  landscape: Landscape,
  broken: (container: unknown, pods: KubernetesObject) => boolean,
): readonly string[] {
  return landscape.objects
    .filter(({ kind }) => ["Deployment", "StatefulSet", "DaemonSet"].includes(kind))
    .filter((pods) => listAt(pods.spec, "template", "spec", "containers").some((container) => broken(container, pods)))
    .map(({ block }) => placeOf(block));
}

/** Whether a statement of a policy allows every action on everything. */
function allowsEverything(text: string | undefined): boolean {
  return listAt(parsed(text), "Statement").some(
    (statement) =>
      textAt(statement, "Effect") === "Allow" &&
      listAt(statement, "Action").includes("*") &&
      listAt(statement, "Resource").includes("*"),
  );
}

/** Attributes of a load balancer as an annotation lists them. */
const attributes = (ingress: KubernetesObject) => words(albAnnotation(ingress, "load-balancer-attributes"));

/**
 * Every policy. Names by Security Hub's control reference, the CIS Amazon EKS Benchmark 1.6, Checkov's policy index and
 * Trivy's list of checks.
 */
export const policies: readonly Policy[] = [
  {
    id: "endpoint-networks",
    reason: "Whoever reaches the API server can try every credential and every fault in it.",
    fix: "Name the networks that may connect, or make the endpoint private.",
    names: { securityHub: "EKS.1", cisEks: "5.4.1", checkov: ["CKV_AWS_38"], trivy: ["AVD-AWS-0041"] },
    broken: where("aws_eks_cluster", (cluster) => {
      const { isPublic, cidrs } = endpointOf(cluster);
      return isPublic && (cidrs.length === 0 || cidrs.some((cidr) => everywhere.includes(cidr)));
    }),
  },
  {
    id: "endpoint-private",
    reason: "With a private endpoint, nodes and people reach the API server without leaving the VPC.",
    fix: 'Choose `cluster.endpoint.kind: "private"`.',
    names: { securityHub: "EKS.1", cisEks: "5.4.2", checkov: ["CKV_AWS_39"], trivy: ["AVD-AWS-0040"] },
    broken: where("aws_eks_cluster", (cluster) => endpointOf(cluster).isPublic),
  },
  {
    id: "secrets-encrypted",
    reason: "Secrets of Kubernetes are then encrypted with a key whose use is recorded.",
    fix: "Leave `cluster.encryption` at its default, or name a key.",
    names: { securityHub: "EKS.3", cisEks: "5.3.1", checkov: ["CKV_AWS_58"], trivy: ["AVD-AWS-0039"] },
    broken: where(
      "aws_eks_cluster",
      ({ arguments: given }) => !textsAt(given, "encryption_config", "resources").includes("secrets"),
    ),
  },
  {
    id: "control-plane-logs",
    reason: "Without the audit log nobody can say later who did what.",
    fix: "Keep every type in `cluster.logs.types`.",
    names: { securityHub: "EKS.8", cisEks: "2.1.1", checkov: ["CKV_AWS_37"], trivy: ["AVD-AWS-0038"] },
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
    names: { securityHub: "EC2.170", checkov: ["CKV_AWS_79"] },
    broken: where(
      "aws_launch_template",
      ({ arguments: given }) => textAt(given, "metadata_options", "http_tokens") !== "required",
    ),
  },
  {
    id: "volumes-encrypted",
    reason: "A disk or its snapshot is then of no use without the key.",
    fix: "Leave the disk of the node group at its default.",
    names: {},
    broken: where("aws_launch_template", ({ arguments: given }) =>
      listAt(given, "block_device_mappings").some((mapping) => textAt(mapping, "ebs", "encrypted") !== "true"),
    ),
  },
  {
    id: "no-public-addresses",
    reason: "A machine with a public address is one rule away from the internet.",
    fix: "Nothing here needs `map_public_ip_on_launch`.",
    names: { securityHub: "EC2.15", cisEks: "5.4.3", checkov: ["CKV_AWS_130"] },
    broken: where("aws_subnet", ({ arguments: given }) => textAt(given, "map_public_ip_on_launch") === "true"),
  },
  {
    id: "default-group-empty",
    reason: "What is made without a group gets the default one.",
    fix: "Leave it without rules.",
    names: { securityHub: "EC2.2", checkov: ["CKV2_AWS_12"] },
    broken: where(
      "aws_default_security_group",
      ({ arguments: given }) => listOf(given["ingress"]).length + listOf(given["egress"]).length > 0,
    ),
  },
  {
    id: "flow-logs",
    reason: "They say afterwards who talked to whom.",
    fix: "Leave `network.flowLogs` at its default.",
    names: { securityHub: "EC2.6", checkov: ["CKV2_AWS_11"] },
    broken: where("aws_vpc", (vpc, landscape) => landscape.naming("aws_flow_log", "vpc_id", vpc).length === 0),
  },
  {
    id: "group-not-open",
    reason: "Every machine of the internet may try.",
    fix: "Name networks, prefix lists or groups.",
    names: { securityHub: "EC2.18", checkov: ["CKV_AWS_24", "CKV_AWS_260"], trivy: ["AVD-AWS-0107"] },
    broken: ({ groups }) =>
      groups.rules
        .filter(({ direction, cidrs }) => direction === "ingress" && cidrs.some((cidr) => everywhere.includes(cidr)))
        .map(({ block }) => placeOf(block)),
  },
  {
    id: "images-scanned",
    reason: "A known fault in an image is then seen when it is pushed.",
    fix: "Leave scanning on.",
    names: { securityHub: "ECR.1", cisEks: "5.1.1", checkov: ["CKV_AWS_163"], trivy: ["AVD-AWS-0030"] },
    broken: where(
      "aws_ecr_repository",
      ({ arguments: given }) => textAt(given, "image_scanning_configuration", "scan_on_push") !== "true",
    ),
  },
  {
    id: "images-immutable",
    reason: "A tag that can be pushed twice says nothing of what runs.",
    fix: "Leave tags immutable.",
    names: { securityHub: "ECR.2", checkov: ["CKV_AWS_51"], trivy: ["AVD-AWS-0031"] },
    broken: where(
      "aws_ecr_repository",
      ({ arguments: given }) => textAt(given, "image_tag_mutability") !== "IMMUTABLE",
    ),
  },
  {
    id: "images-customer-key",
    reason: "Whoever may read images is then decided by a key of one's own too.",
    fix: 'Choose `encryption: { kind: "kms" }` for the repository.',
    names: { securityHub: "ECR.5", checkov: ["CKV_AWS_136"], trivy: ["AVD-AWS-0033"] },
    broken: where(
      "aws_ecr_repository",
      ({ arguments: given }) => textAt(given, "encryption_configuration", "encryption_type") !== "KMS",
    ),
  },
  {
    id: "key-rotation",
    reason: "A key that leaks is then of use for a year at most.",
    fix: "Leave rotation on.",
    names: { securityHub: "KMS.4", checkov: ["CKV_AWS_7"], trivy: ["AVD-AWS-0065"] },
    broken: where("aws_kms_key", ({ arguments: given }) => textAt(given, "enable_key_rotation") !== "true"),
  },
  {
    id: "logs-customer-key",
    reason: "Logs hold what callers sent; a key of one's own decides who reads them.",
    fix: "Name a key for the log group.",
    names: { checkov: ["CKV_AWS_158"], trivy: ["AVD-AWS-0017"] },
    broken: where("aws_cloudwatch_log_group", ({ arguments: given }) => given["kms_key_id"] === undefined),
  },
  {
    id: "logs-kept-a-year",
    reason: "What happened is often asked after months.",
    fix: "Keep logs for 365 days or more.",
    names: { securityHub: "CloudWatch.16", checkov: ["CKV_AWS_338"] },
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
    names: { securityHub: "IAM.1", checkov: ["CKV_AWS_62", "CKV_AWS_63"], trivy: ["AVD-AWS-0057"] },
    broken: (landscape) => [
      ...["aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy"].flatMap((type) =>
        where(type, ({ arguments: given }) => allowsEverything(textAt(given, "policy")))(landscape),
      ),
      ...where("aws_iam_role_policy_attachment", ({ arguments: given }) =>
        (textAt(given, "policy_arn") ?? "").endsWith(":policy/AdministratorAccess"),
      )(landscape),
    ],
  },
  {
    id: "balancer-protected",
    reason: "Its address goes with it.",
    fix: "Switch on protection from deletion.",
    names: { securityHub: "ELB.6", checkov: ["CKV_AWS_150"] },
    broken: (landscape) => [
      ...where("aws_lb", ({ arguments: given }) => textAt(given, "enable_deletion_protection") !== "true")(landscape),
      ...albIngresses(landscape)
        .filter((ingress) => !attributes(ingress).includes("deletion_protection.enabled=true"))
        .map(({ block }) => placeOf(block)),
    ],
  },
  {
    id: "balancer-logs",
    reason: "They say who came in.",
    fix: "Have access logs written into a bucket.",
    names: { securityHub: "ELB.5", checkov: ["CKV_AWS_91"] },
    broken: (landscape) => [
      ...where("aws_lb", ({ arguments: given }) => at(given, "access_logs") === undefined)(landscape),
      ...albIngresses(landscape)
        .filter((ingress) => !attributes(ingress).includes("access_logs.s3.enabled=true"))
        .map(({ block }) => placeOf(block)),
    ],
  },
  {
    id: "invalid-headers-dropped",
    reason: "Headers that no client sends are how requests are smuggled.",
    fix: "Leave the attribute as it is made.",
    names: { securityHub: "ELB.4", checkov: ["CKV_AWS_131"], trivy: ["AVD-AWS-0052"] },
    broken: (landscape) =>
      albIngresses(landscape)
        .filter((ingress) => !attributes(ingress).includes("routing.http.drop_invalid_header_fields.enabled=true"))
        .map(({ block }) => placeOf(block)),
  },
  {
    id: "api-authorization",
    reason: "Without it the whole internet may call.",
    fix: "Have callers sign, or bring a token.",
    names: { securityHub: "APIGateway.8", checkov: ["CKV_AWS_59", "CKV_AWS_309"], trivy: ["AVD-AWS-0004"] },
    broken: (landscape) => [
      ...where(
        "aws_api_gateway_method",
        ({ arguments: given }) => textAt(given, "authorization") === "NONE",
      )(landscape),
      ...where("aws_api_gateway_rest_api", (api) =>
        definedMethods(api).some(({ authorization }) => authorization === "NONE"),
      )(landscape),
      ...where(
        "aws_apigatewayv2_route",
        ({ arguments: given }) => (textAt(given, "authorization_type") ?? "NONE") === "NONE",
      )(landscape),
    ],
  },
  {
    id: "api-access-logs",
    reason: "They say who called.",
    fix: "Leave access logs on.",
    names: { securityHub: "APIGateway.9", checkov: ["CKV_AWS_76"], trivy: ["AVD-AWS-0001"] },
    broken: (landscape) =>
      ["aws_api_gateway_stage", "aws_apigatewayv2_stage"].flatMap((type) =>
        where(type, ({ arguments: given }) => at(given, "access_log_settings") === undefined)(landscape),
      ),
  },
  {
    id: "distribution-web-acl",
    reason: "What stands before the whole internet gets every known attack.",
    fix: "Name a web ACL for the route.",
    names: { securityHub: "CloudFront.6", checkov: ["CKV_AWS_68"], trivy: ["AVD-AWS-0011"] },
    broken: where("aws_cloudfront_distribution", ({ arguments: given }) => given["web_acl_id"] === undefined),
  },
  {
    id: "pods-no-token",
    reason: "A pod that is taken over can then ask the API server nothing.",
    fix: "Leave `automount_service_account_token` off.",
    names: { cisEks: "4.1.6" },
    broken: (landscape) =>
      landscape.objects
        .filter(({ kind }) => ["Deployment", "StatefulSet", "DaemonSet"].includes(kind))
        .filter(({ spec }) => textAt(spec, "template", "spec", "automountServiceAccountToken") !== "false")
        .map(({ block }) => placeOf(block)),
  },
  {
    id: "pods-not-privileged",
    reason: "A privileged container is its node.",
    fix: 'Leave `security.kind` at "restricted".',
    names: { cisEks: "4.2.1", checkov: ["CKV_K8S_16"] },
    broken: (landscape) =>
      containers(landscape, (container) => textAt(container, "securityContext", "privileged") === "true"),
  },
  {
    id: "pods-no-escalation",
    reason: "A program could become root by one that is.",
    fix: 'Leave `security.kind` at "restricted".',
    names: { cisEks: "4.2.5", checkov: ["CKV_K8S_20"] },
    broken: (landscape) =>
      containers(
        landscape,
        (container) => textAt(container, "securityContext", "allowPrivilegeEscalation") !== "false",
      ),
  },
];

/** Everything that breaks a policy. */
export function violationsOf(landscape: Landscape): readonly Violation[] {
  return policies.flatMap(({ id, broken }) => [...new Set(broken(landscape))].map((place) => ({ policy: id, place })));
}
