import type { State, StateResource } from "../terraform/state";

/** What a person should know to be lost, by Terraform's type. Everything else is only counted. */
const worthNaming: Readonly<Record<string, (of: Attributes) => string>> = {
  aws_eks_cluster: (of) => `EKS cluster ${of.text("name")}, and everything that runs in it`,
  aws_vpc: (of) => `VPC ${of.text("id")}, ${of.text("cidr_block")}`,
  aws_eip: (of) => `address ${of.text("public_ip")}, which AWS gives to somebody else`,
  aws_ecr_repository: (of) =>
    `ECR repository ${of.text("name")}${of.is("force_delete") ? ", with its images" : "; AWS refuses while it holds images"}`,
  aws_route53_zone: (of) =>
    `zone ${of.text("name")}${of.is("force_destroy") ? ", with every record" : "; AWS refuses while it holds records of others"}`,
  aws_cloudwatch_log_group: (of) =>
    of.is("skip_destroy") ? `log group ${of.text("name")}, which stays in AWS` : `log group ${of.text("name")}`,
  aws_kms_key: (of) =>
    `KMS key ${of.text("id")}, after ${of.text("deletion_window_in_days") || "30"} days; nobody reads what it encrypted`,
  aws_iam_user: (of) => `IAM user ${of.text("name")}`,
  aws_acm_certificate: (of) => `certificate of ${of.text("domain_name")}`,
  aws_lb: (of) => `load balancer ${of.text("dns_name")}`,
  aws_api_gateway_rest_api: (of) => `REST API ${of.text("name")}, ${of.text("id")}`,
  aws_apigatewayv2_api: (of) => `HTTP API ${of.text("name")}, ${of.text("id")}`,
  aws_cloudfront_distribution: (of) => `distribution ${of.text("domain_name")}`,
  kubernetes_ingress_v1: (of) => `Ingress ${of.object()}${of.balancer()}`,
  kubernetes_service_v1: (of) => (of.balancer() === "" ? "" : `Service ${of.object()}${of.balancer()}`),
  kubernetes_namespace_v1: (of) => `namespace ${of.text("id")}, and everything in it`,
};

/** What becomes of a stack that is destroyed. */
export interface Losses {
  readonly count: number;
  /** A line each. */
  readonly named: readonly string[];
}

export function lossesOf({ resources }: State): Losses {
  const named = resources
    .map(({ type, attributes }) => worthNaming[type]?.(new Attributes(attributes)) ?? "")
    .filter((text) => text !== "");
  return { count: resources.length, named: [...named].sort((one, other) => (one < other ? -1 : 1)) };
}

/** Why AWS would refuse to destroy something, whatever Terraform does: a sentence each. */
export function protections({ resources }: State): readonly string[] {
  return resources.flatMap((resource) => protection(resource) ?? []);
}

function protection({ type, attributes }: StateResource): string | undefined {
  const of = new Attributes(attributes);
  if (type === "aws_eks_cluster" && of.is("deletion_protection")) {
    return `EKS cluster ${of.text("name")} is protected from deletion; write cluster.deletionProtection: false and apply that first`;
  }
  if (type === "aws_lb" && of.is("enable_deletion_protection")) {
    return `load balancer ${of.text("name")} is protected from deletion; take that off and apply it first`;
  }
  return undefined;
}

/** What a state says of a resource, in whatever shape the provider keeps it. */
class Attributes {
  constructor(private readonly values: StateResource["attributes"]) {}

  text(name: string): string {
    const value = this.values[name];
    return value === undefined || value === null ? "" : String(value);
  }

  is(name: string): boolean {
    return this.values[name] === true;
  }

  /** Namespace and name of a Kubernetes object. */
  object(): string {
    const [metadata] = listOf(this.values["metadata"]);
    return [metadata?.["namespace"], metadata?.["name"]].filter((part) => part !== undefined).join("/");
  }

  /** The load balancer that a controller made for a Kubernetes object; empty where there is none. */
  balancer(): string {
    const [status] = listOf(this.values["status"]);
    const [balancer] = listOf(status?.["load_balancer"]);
    const [ingress] = listOf(balancer?.["ingress"]);
    const address = ingress?.["hostname"] ?? ingress?.["ip"];
    return typeof address === "string" && address !== "" ? `, with its load balancer ${address}` : "";
  }
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map((element) => Object(element)) : [];
}
