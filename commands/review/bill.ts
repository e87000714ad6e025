import { kubernetesVersions } from "../../modules/lifecycle/kubernetes-versions";
import { type IsoDate, isPast } from "../../modules/schema/iso-date";
import { albIngresses, albStack } from "../doors/alb";
import type { Landscape } from "../doors/landscape";
import { type JsonObject, listAt, listOf, textAt } from "../terraform-json/json";
import { firstSize } from "../terraform-json/node-group-size";
import type { BillLine } from "./model";
import { type Price, priceOf } from "./prices/price";
import { priceTable } from "./prices/price-table";

/** Types that are billed by the piece, and what they are called. */
const pieces: Readonly<Record<string, string>> = {
  aws_nat_gateway: "NAT gateway",
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
function counts(landscape: Landscape | undefined, today: IsoDate): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (landscape === undefined) return found;
  const add = (what: string, count = 1) => found.set(what, (found.get(what) ?? 0) + count);
  for (const [type, what] of Object.entries(pieces)) {
    const { length } = landscape.blocks(type);
    if (length > 0) add(what, length);
  }
  for (const { arguments: given } of landscape.blocks("aws_eks_cluster")) {
    add(controlPlane(given, today));
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
  for (const { arguments: given } of landscape.blocks("aws_lb")) {
    add(textAt(given, "load_balancer_type") === "network" ? "NLB of Terraform's" : "ALB of Terraform's");
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

/** Extended support is charged from the day that standard support ends, and not for being allowed. */
function controlPlane(given: JsonObject, today: IsoDate): string {
  const support = textAt(given, "upgrade_policy", "support_type");
  const version = Object.entries(kubernetesVersions).find(([minor]) => minor === textAt(given, "version"));
  if (version !== undefined && isPast(version[1].standardUntil, today)) return "EKS control plane in extended support";
  return `EKS control plane, ${support === "EXTENDED" ? "with extended support allowed" : "standard support alone"}`;
}

/** What is billed, before and after, with what one of each costs where that is known. */
export function billLines(
  before: Landscape | undefined,
  after: Landscape | undefined,
  today: IsoDate,
  table: readonly Price[] = priceTable,
): readonly BillLine[] {
  const [old, now] = [counts(before, today), counts(after, today)];
  const region = regionOf(after) ?? regionOf(before);
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort((one, other) => (one < other ? -1 : 1))
    .map((what) => {
      const price = priceOf(table, pricedAs(what), region);
      return { what, before: old.get(what) ?? 0, after: now.get(what) ?? 0, ...(price === undefined ? {} : { price }) };
    });
}

/** `ALB of an Ingress` costs what an ALB does. */
function pricedAs(what: string): string {
  return what.replace(/,.*$/, "").replace(/^(ALB|NLB) of .*$/, "$1");
}

function regionOf(landscape: Landscape | undefined): string | undefined {
  const [provider] = listAt(landscape?.environment.stacks.cluster, "provider", "aws");
  return textAt(provider, "region");
}
