import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../platform/environment";
import { namesInAws } from "../../platform/names-in-aws";
import { checked, goldenEnvironments, goldenNames, stackNames, stacksOf } from "../support/environments";
import { minimal } from "../support/minimal";

/** Argument that carries a resource's name in AWS, and what the list calls it. */
const named: Readonly<Record<string, readonly [argument: string, what: string]>> = {
  aws_api_gateway_account: ["cloudwatch_role_arn", "role for logs of API Gateway"],
  aws_api_gateway_domain_name: ["domain_name", "custom domain of API Gateway"],
  aws_apigatewayv2_domain_name: ["domain_name", "custom domain of API Gateway"],
  aws_cloudwatch_log_group: ["name", "log group"],
  aws_ecr_repository: ["name", "ECR repository"],
  aws_eks_cluster: ["name", "EKS cluster"],
  aws_iam_policy: ["name", "IAM policy"],
  aws_iam_role: ["name", "IAM role"],
  aws_iam_user: ["name", "IAM user"],
  aws_kms_alias: ["name", "key alias"],
  aws_lb: ["name", "load balancer"],
  aws_lb_target_group: ["name", "target group"],
  aws_lb_trust_store: ["name", "trust store"],
  aws_route53_record: ["name", "record"],
  aws_route53_zone: ["name", "hosted zone"],
  aws_s3_bucket: ["bucket", "S3 bucket"],
  aws_vpclattice_service_network: ["name", "service network of VPC Lattice"],
  aws_wafv2_ip_set: ["name", "IP set"],
  aws_wafv2_web_acl: ["name", "web ACL"],
};

/** Names that count in something of the resource's own: AWS holds several alike. */
const repeatable = [
  "aws_api_gateway_api_key",
  "aws_api_gateway_authorizer",
  "aws_api_gateway_rest_api",
  "aws_api_gateway_usage_plan",
  "aws_api_gateway_vpc_link",
  "aws_apigatewayv2_api",
  "aws_apigatewayv2_authorizer",
  "aws_apigatewayv2_stage",
  "aws_apigatewayv2_vpc_link",
  "aws_iam_role_policy",
  // Counts in a VPC, which is the environment's own wherever no API stands in another team's.
  "aws_security_group",
];

const resourcesOf = (name: string) =>
  stackNames.flatMap((stack) =>
    Object.entries(stacksOf(name)[stack].resource)
      .filter(([type]) => type.startsWith("aws_"))
      .flatMap(([type, blocks]) => Object.values(blocks).map((block) => ({ type, block }))),
  );

describe("the list of names in AWS", () => {
  it.each(goldenNames)("has every name that the stacks of %s give", (name) => {
    const input: EnvironmentInput | undefined = goldenEnvironments[name];
    if (input === undefined) throw new Error(`no environment ${name}`);
    const listed = new Set(namesInAws(checked(input)).map((one) => `${one.what} ${one.name}`));
    const missing = resourcesOf(name).flatMap(({ type, block }) => {
      const [argument, what] = named[type] ?? [];
      const value = argument === undefined ? undefined : block[argument];
      if (what === undefined || value === undefined) return [];
      // AWS names these after the cluster and after the API's id.
      if (/^(\/aws\/eks\/|API-Gateway-Execution-Logs_)/.test(String(value))) return [];
      // ACM says what its records are called; the list has them by their hosts.
      if (type === "aws_route53_record" && String(value).startsWith("${one(")) return [];
      const given = what === "role for logs of API Gateway" ? "the account's" : String(value);
      return listed.has(`${what} ${given}`) ? [] : [`${what} ${given}`];
    });
    expect(missing).toEqual([]);
  });

  it.each(goldenNames)("knows every sort of resource of %s that has a name", (name) => {
    const unknown = resourcesOf(name)
      .filter(({ type, block }) => typeof block["name"] === "string" && !repeatable.includes(type) && !(type in named))
      .map(({ type }) => type);
    expect([...new Set(unknown)]).toEqual([]);
  });
});

describe("validation records of ACM", () => {
  const zone = { dns: { zones: { "example.com": { kind: "existing", zoneId: "Z0123456789ABCDEFGHIJ" } } } } as const;
  const names = (hosts: string[]) =>
    namesInAws(checked({ ...minimal("dev"), ...zone, certificates: { web: { kind: "acm", hosts } } })).filter(
      ({ what }) => what === "validation record of ACM",
    );

  it("are one for a wildcard and what stands behind its dot, and count in their zone", () => {
    expect(names(["example.com", "*.example.com"])).toMatchObject([
      { name: "example.com", within: { zone: "Z0123456789ABCDEFGHIJ" }, path: ["certificates", "web", "hosts", 0] },
    ]);
  });
});
