import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { at } from "../../support/json";
import { customResource, metadataOf, typedResource } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { type Arguments, resource, resources } from "../../support/synth";

type WebAcl = NonNullable<EnvironmentInput["webAcls"]>[string];
type Route = NonNullable<NonNullable<EnvironmentInput["workloads"]>[string]["routes"]>[number];

function stacks(webAcl: WebAcl = {}, routes: readonly Route[] = [], rest: Partial<EnvironmentInput> = {}) {
  return synthStacks({
    ...minimal("dev"),
    webAcls: { front: webAcl },
    workloads: { shop: { image: { name: "example.com/shop", tag: "1.0.0" }, port: 8080, routes: [...routes] } },
    ...rest,
  });
}

function rules(webAcl: WebAcl): readonly Arguments[] {
  return at(resource(stacks(webAcl).identity, "aws_wafv2_web_acl", "web-acl_front"), "rule") as readonly Arguments[];
}

const arn = "${data.terraform_remote_state.identity.outputs.web_acl_arns.front}";

describe("a web ACL", () => {
  it("counts first, and blocks where the environment says so", () => {
    const actions = (mode: "count" | "block") =>
      rules({ mode, managedRules: ["AWSManagedRulesCommonRuleSet"], requestsPerFiveMinutes: 500 }).map(
        (rule) => rule["action"] ?? rule["override_action"],
      );
    expect(actions("count")).toEqual([{ count: {} }, { count: {} }]);
    expect(actions("block")).toEqual([{ block: {} }, { none: {} }]);
    expect(rules({})[0]).toMatchObject({ override_action: { count: {} } });
  });

  it("asks AWS's rule groups in the order of the file, each at a priority of its own", () => {
    const asked = rules({ managedRules: ["AWSManagedRulesSQLiRuleSet", "AWSManagedRulesCommonRuleSet"] });
    expect(asked.map(({ priority, name }) => [priority, name])).toEqual([
      [0, "AWSManagedRulesSQLiRuleSet"],
      [1, "AWSManagedRulesCommonRuleSet"],
    ]);
    expect(asked[0]).toMatchObject({
      statement: { managed_rule_group_statement: { vendor_name: "AWS", name: "AWSManagedRulesSQLiRuleSet" } },
    });
  });

  it("limits how often one address may call, on request", () => {
    expect(rules({ requestsPerFiveMinutes: 2000 })[0]).toMatchObject({
      name: "rate",
      statement: { rate_based_statement: { limit: 2000, aggregate_key_type: "IP" } },
    });
    expect(rules({}).map(({ name }) => name)).not.toContain("rate");
  });

  it("blocks networks, or all others, whatever its mode", () => {
    const set = { ip_set_reference_statement: { arn: "${aws_wafv2_ip_set.web-acl_front_networks.arn}" } };
    const rule = (kind: "block" | "allow-only") => rules({ networks: { kind, cidrs: ["203.0.113.0/24"] } })[0];
    expect(rule("block")).toMatchObject({ action: { block: {} }, statement: set });
    expect(rule("allow-only")).toMatchObject({
      action: { block: {} },
      statement: { not_statement: { statement: [set] } },
    });
    const { identity } = stacks({ networks: { kind: "block", cidrs: ["203.0.113.0/24"] } });
    expect(resources(identity, "aws_wafv2_ip_set")).toMatchObject([
      { addresses: ["203.0.113.0/24"], ip_address_version: "IPV4", scope: "REGIONAL" },
    ]);
  });

  it("blocks countries, or all others, whatever its mode", () => {
    const geo = { geo_match_statement: { country_codes: ["DE", "FR"] } };
    const rule = (kind: "block" | "allow-only") => rules({ countries: { kind, codes: ["DE", "FR"] } })[0];
    expect(rule("block")).toMatchObject({ action: { block: {} }, statement: geo });
    expect(rule("allow-only")).toMatchObject({ statement: { not_statement: { statement: [geo] } } });
  });

  it("keeps what its rules found for 90 days, without what signs a caller in", () => {
    const { identity } = stacks();
    expect(resource(identity, "aws_cloudwatch_log_group", "web-acl_front_logs")).toEqual({
      name: "aws-waf-logs-dev-front",
      retention_in_days: 90,
    });
    expect(resource(identity, "aws_wafv2_web_acl_logging_configuration", "web-acl_front_logging")).toMatchObject({
      redacted_fields: [{ single_header: { name: "authorization" } }, { single_header: { name: "cookie" } }],
      logging_filter: { default_behavior: "DROP" },
    });
  });

  it("keeps nothing where the environment gives a reason", () => {
    const { identity } = stacks({ logs: { kind: "off", reason: "Another team's web ACL has them." } });
    expect(resources(identity, "aws_wafv2_web_acl_logging_configuration")).toEqual([]);
  });

  it("stands in us-east-1 where CloudFront has it in front, and in the region for every other door", () => {
    const { identity, apps } = stacks({}, [{ kind: "cloudfront", webAcl: "front" }]);
    expect(resource(identity, "aws_wafv2_web_acl", "web-acl_front_edge")).toMatchObject({
      scope: "CLOUDFRONT",
      provider: "aws.edge",
    });
    expect(resources(identity, "aws_wafv2_web_acl")).toHaveLength(1);
    expect(resources(apps, "aws_cloudfront_distribution")).toMatchObject([
      { web_acl_id: "${data.terraform_remote_state.identity.outputs.edge_web_acl_arns.front}" },
    ]);
    expect(resources(stacks().identity, "aws_wafv2_web_acl")).toMatchObject([{ scope: "REGIONAL", name: "dev-front" }]);
  });
});

describe("a web ACL of us-east-1 before both CloudFront and an ALB", () => {
  it("has logs of its own for each", () => {
    const { identity } = stacks(
      {},
      [
        { kind: "cloudfront", name: "edge", webAcl: "front" },
        { kind: "alb", webAcl: "front" },
      ],
      {
        aws: { region: "us-east-1", accountId: "123456789012" },
      },
    );
    expect(resources(identity, "aws_cloudwatch_log_group").map(({ name }) => name)).toEqual([
      "aws-waf-logs-cloudfront/dev-front",
      "aws-waf-logs-dev-front",
    ]);
  });
});

describe("a web ACL of the environment stands in front of", () => {
  it("an ALB", () => {
    const made = stacks({}, [{ kind: "alb", webAcl: "front" }]);
    expect(metadataOf(typedResource(made, "kubernetes_ingress_v1", "shop")).annotations).toMatchObject({
      "alb.ingress.kubernetes.io/wafv2-acl-arn": arn,
    });
  });

  it("an ALB of the Gateway API", () => {
    const made = stacks({}, [], {
      controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {} },
      gateways: { front: { kind: "alb", webAcl: "front" } },
    });
    expect(customResource(made, "LoadBalancerConfiguration", "front").spec["wafV2"]).toEqual({ webACL: arn });
  });

  it("the stage of a REST API", () => {
    const made = stacks({}, [{ kind: "api-gateway", api: "store", path: "/shop" }], {
      apis: { store: { kind: "rest", webAcl: "front" } },
    });
    expect(resources(made.apps, "aws_wafv2_web_acl_association")).toMatchObject([{ web_acl_arn: arn }]);
  });
});
