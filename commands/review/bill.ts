import { albIngresses, albStack } from "../doors/alb";
import type { Landscape } from "../doors/landscape";
import { listAt, listOf, textAt } from "../terraform-json/json";
import { firstSize } from "../terraform-json/node-group-size";
import type { BillLine } from "./model";

/** Types that are billed by the piece, and what they are called. */
const pieces: Readonly<Record<string, string>> = {
  aws_nat_gateway: "NAT gateway",
  aws_lb: "load balancer of Terraform's",
  aws_eip: "public IPv4 address (Elastic IP)",
  aws_cloudwatch_log_group: "log group",
  aws_kms_key: "KMS key",
  aws_wafv2_web_acl: "web ACL",
  aws_cloudfront_distribution: "CloudFront distribution",
  aws_route53_zone: "hosted zone",
  aws_api_gateway_rest_api: "REST API",
  aws_apigatewayv2_api: "HTTP API",
  aws_ecr_repository: "ECR repository",
  aws_vpclattice_service_network: "VPC Lattice service network",
  aws_acmpca_certificate_authority: "private certificate authority",
  aws_flow_log: "flow log",
  aws_s3_bucket: "S3 bucket",
  aws_instance: "EC2 instance",
};

/** How many there are of what AWS bills. */
function counts(landscape: Landscape | undefined): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (landscape === undefined) return found;
  const add = (what: string, count = 1) => found.set(what, (found.get(what) ?? 0) + count);
  for (const [type, what] of Object.entries(pieces)) {
    const { length } = landscape.blocks(type);
    if (length > 0) add(what, length);
  }
  for (const { arguments: given } of landscape.blocks("aws_eks_cluster")) {
    const support =
      textAt(given, "upgrade_policy", "support_type") === "EXTENDED"
        ? "with extended support allowed"
        : "standard support alone";
    add(`EKS control plane, ${support}`);
    if (textAt(given, "compute_config", "enabled") === "true") add("EKS Auto Mode");
  }
  for (const { arguments: given } of landscape.blocks("aws_eks_node_group")) {
    const types = listAt(given, "instance_types").map(String).join(" or ") || "t3.medium";
    const capacity = textAt(given, "capacity_type") === "SPOT" ? ", Spot" : "";
    add(`node ${types}${capacity}, as desired at first`, firstSize(given) ?? 1);
  }
  for (const { arguments: given } of landscape.blocks("aws_vpc_endpoint")) {
    if (textAt(given, "vpc_endpoint_type") !== "Interface") continue;
    add("interface endpoint, a zone", Math.max(1, listOf(given["subnet_ids"]).length));
  }
  const albs = new Set(albIngresses(landscape).map(albStack));
  if (albs.size > 0) add("ALB of an Ingress", albs.size);
  const balancers = landscape.ofKind("Service").filter(({ spec }) => textAt(spec, "type") === "LoadBalancer");
  if (balancers.length > 0) add("NLB of a Service", balancers.length);
  const gateways = landscape
    .ofKind("Gateway")
    .filter(({ spec }) => /^aws-/.test(textAt(spec, "gatewayClassName") ?? ""));
  if (gateways.length > 0) add("load balancer of a Gateway", gateways.length);
  const proxies = landscape.releases.filter(
    ({ values }) =>
      textAt(values, "service", "type") === "LoadBalancer" ||
      textAt(values, "controller", "service", "type") === "LoadBalancer",
  );
  if (proxies.length > 0) add("NLB of a proxy", proxies.length);
  return found;
}

/** What is billed, before and after; no price stands here, for none has a source that can be read without AWS. */
export function billLines(before: Landscape | undefined, after: Landscape | undefined): readonly BillLine[] {
  const [old, now] = [counts(before), counts(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort((one, other) => (one < other ? -1 : 1))
    .map((what) => ({ what, before: old.get(what) ?? 0, after: now.get(what) ?? 0 }));
}
