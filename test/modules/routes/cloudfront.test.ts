import { describe, expect, test } from "vitest";
import { routeSchema } from "../../../platform/doors";
import type { EnvironmentInput } from "../../../platform/environment";
import { routeFacts, routeProblems } from "../../../platform/route";
import { checked } from "../../support/environments";
import { at } from "../../support/json";
import { minimal } from "../../support/minimal";
import { resource } from "../../support/synth";
import { place, type RouteInput, route, synthRoute } from "./synth-route";

type CloudFrontInput = Omit<Extract<RouteInput, { kind: "cloudfront" }>, "kind">;

const host = "shop.example.com";
const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-4333-8444-555555555555";
const owner = { name: "shop", namespace: "web" };
const annotation = "alb.ingress.kubernetes.io/";

const synth = (input: CloudFrontInput = {}, target: Parameters<typeof synthRoute>[1] = {}) =>
  synthRoute({ kind: "cloudfront", ...input }, target);
const distribution = (input: CloudFrontInput = {}) => resource(synth(input), "aws_cloudfront_distribution", "door");
const ingress = (...declared: Parameters<typeof synth>) =>
  resource(synth(...declared), "kubernetes_ingress_v1", "door_ingress");
const input = (changes: CloudFrontInput) => route({ kind: "cloudfront", ...changes });

/** An environment with a workload for each of some routes. */
function environment(...routes: readonly CloudFrontInput[]): EnvironmentInput {
  const workload = (changes: CloudFrontInput): NonNullable<EnvironmentInput["workloads"]>[string] => ({
    image: { name: "example.com/shop", tag: "1.0.0" },
    port: 8080,
    routes: [{ kind: "cloudfront", ...changes }],
  });
  const workloads = routes.map((changes, index) => [`shop-${index}`, workload(changes)] as const);
  return { ...minimal("dev"), workloads: Object.fromEntries(workloads) };
}

describe("the load balancer behind CloudFront", () => {
  test("is an internal ALB of every host, which CloudFront's own addresses alone can reach", () => {
    const json = synth({ host, certificateArn });
    expect(json.data["aws_ec2_managed_prefix_list"]).toEqual({
      "shared_cloudfront_origin-facing": { name: "com.amazonaws.global.cloudfront.origin-facing" },
    });
    const made = resource(json, "kubernetes_ingress_v1", "door_ingress");
    expect(at(made, "metadata", "annotations")).toMatchObject({
      [`${annotation}scheme`]: "internal",
      [`${annotation}target-type`]: "ip",
      [`${annotation}listen-ports`]: '[{"HTTP":80}]',
      [`${annotation}security-group-prefix-lists`]:
        "${data.aws_ec2_managed_prefix_list.shared_cloudfront_origin-facing.id}",
    });
    expect(at(made, "metadata", "annotations")).not.toHaveProperty([`${annotation}inbound-cidrs`]);
    expect(at(made, "spec", "ingress_class_name")).toBe("alb");
    expect(at(made, "spec", "rule")).toEqual([
      {
        http: {
          path: [{ path: "/", path_type: "Prefix", backend: { service: { name: "shop-svc", port: { number: 80 } } } }],
        },
      },
    ]);
  });

  test("is asked for its health where the workload's probe asks, or where the route says", () => {
    const probe = { healthCheck: { path: "/ready", port: 8080 } };
    const path = (...declared: Parameters<typeof synth>) =>
      at(ingress(...declared), "metadata", "annotations", `${annotation}healthcheck-path`);
    expect(path()).toBe("/");
    expect(path({}, probe)).toBe("/ready");
    expect(path({ healthCheckPath: "/live" }, probe)).toBe("/live");
  });

  test("is found by its Ingress, once that is there", () => {
    expect(synth().data["aws_lb"]).toEqual({
      host_ingress_web_shop: {
        tags: { "elbv2.k8s.aws/cluster": "dev", "ingress.k8s.aws/stack": "web/shop" },
        depends_on: ["kubernetes_ingress_v1.door_ingress"],
      },
    });
    expect(ingress()["wait_for_load_balancer"]).toBe(true);
  });
});

describe("the distribution", () => {
  test("reaches the load balancer through the VPC, by HTTP, and waits as long as the route says", () => {
    const json = synth({ timeoutSeconds: 10 });
    expect(resource(json, "aws_cloudfront_vpc_origin", "door_origin")).toEqual({
      vpc_origin_endpoint_config: [
        {
          name: "dev-web-shop",
          arn: "${data.aws_lb.host_ingress_web_shop.arn}",
          http_port: 80,
          https_port: 443,
          origin_protocol_policy: "http-only",
          origin_ssl_protocols: [{ items: ["TLSv1.2"], quantity: 1 }],
        },
      ],
    });
    expect(resource(json, "aws_cloudfront_distribution", "door")["origin"]).toEqual([
      {
        origin_id: "load-balancer",
        domain_name: "${data.aws_lb.host_ingress_web_shop.dns_name}",
        vpc_origin_config: { vpc_origin_id: "${aws_cloudfront_vpc_origin.door_origin.id}", origin_read_timeout: 10 },
      },
    ]);
  });

  test("speaks HTTPS to callers whatever they ask by, with TLS 1.2 or newer for a host of its own", () => {
    expect(distribution({ host, certificateArn })).toMatchObject({
      aliases: [host],
      default_cache_behavior: { viewer_protocol_policy: "redirect-to-https" },
      viewer_certificate: {
        acm_certificate_arn: certificateArn,
        ssl_support_method: "sni-only",
        minimum_protocol_version: "TLSv1.2_2021",
      },
    });
  });

  test("has CloudFront's own name and certificate where no host is given", () => {
    expect(distribution()).not.toHaveProperty("aliases");
    expect(distribution()["viewer_certificate"]).toEqual({ cloudfront_default_certificate: true });
    expect(synth().output["address"]?.value).toBe("${aws_cloudfront_distribution.door.domain_name}/");
    expect(synth({ host, certificateArn }).output["address"]?.value).toBe("shop.example.com/");
  });

  test("hands on every method, and all that the caller sent", () => {
    expect(distribution()["default_cache_behavior"]).toMatchObject({
      allowed_methods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
      origin_request_policy_id: "216adef6-5c7f-47e4-b989-5492eafa07d3",
    });
  });

  test.each([
    ["off", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"],
    ["by-cache-control", "4cc15a8a-d715-48a4-82b8-cc0b614638fe"],
  ] as const)("caching %s is CloudFront's policy of that meaning, and keeps nothing by default", (caching, id) => {
    expect(distribution({ caching })["default_cache_behavior"]).toMatchObject({ cache_policy_id: id });
    expect(distribution()["default_cache_behavior"]).toMatchObject({
      cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    });
  });

  test("has a web ACL and a price class where they are asked for", () => {
    const webAclArn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/0123";
    expect(distribution({ webAclArn, priceClass: "PriceClass_All" })).toMatchObject({
      web_acl_id: webAclArn,
      price_class: "PriceClass_All",
    });
    expect(distribution()).not.toHaveProperty("web_acl_id");
    expect(distribution()["price_class"]).toBe("PriceClass_100");
  });

  test.each(["A", "AAAA"])("has a record of type %s, which asks for no health: CloudFront tells none", (type) => {
    const json = synth({ host, certificateArn, dns: { kind: "route53", zone: "example.com" } });
    const id = type === "A" ? "host_shop_example_com" : "host_shop_example_com_AAAA";
    expect(resource(json, "aws_route53_record", id)).toEqual({
      zone_id: "ZONE-OF-example.com",
      name: host,
      type,
      alias: {
        name: "${aws_cloudfront_distribution.door.domain_name}",
        zone_id: "${aws_cloudfront_distribution.door.hosted_zone_id}",
        evaluate_target_health: false,
      },
    });
  });
});

describe("a route through CloudFront", () => {
  test("needs no public subnet, though anybody may call it, and TLS ends there", () => {
    expect(routeFacts(input({ host, certificateArn }), owner)).toEqual({
      object: { kind: "Ingress", name: "shop" },
      host,
      path: "/",
      exposure: "internet-facing",
      entrance: "cloudfront",
      podsAreTargets: true,
      terminatesTls: true,
      certificates: [{ field: ["certificateArn"], arn: certificateArn, presentedBy: "CloudFront" }],
      namedCertificates: [],
      presented: "edge",
      webAcls: [],
    });
  });

  test("takes a certificate of us-east-1 and a web ACL of CloudFront's scope, and no others", () => {
    const regional = "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/shop/0123";
    expect(() => checked(environment({ host, certificateArn }))).not.toThrow();
    expect(() =>
      checked(environment({ host, certificateArn: certificateArn.replace("us-east-1", "us-west-2") })),
    ).toThrow("CloudFront takes what is of us-east-1 alone, wherever its origin is");
    expect(() => checked(environment({ webAclArn: regional }))).toThrow("CloudFront takes a global web ACL of WAFv2");
  });

  test("has a host of its own once in the environment, and CloudFront's names as often as it wants", () => {
    expect(() => checked(environment({ host, certificateArn }, { host, certificateArn }))).toThrow(
      "has the same host and path behind the same entrance",
    );
    expect(() => checked(environment({}, {}))).not.toThrow();
  });

  test("has a certificate with a host, and a host with a certificate", () => {
    const path = (changes: CloudFrontInput) =>
      routeProblems(input(changes), owner, place).map((problem) => problem.path);
    expect(path({ host })).toEqual(["certificate"]);
    expect(path({ certificateArn })).toEqual(["host"]);
    expect(path({ host, certificateArn })).toEqual([]);
    expect(path({})).toEqual([]);
  });

  test("is refused outside the partition aws, where CloudFront reaches into no VPC", () => {
    expect(routeProblems(input({}), owner, { region: "cn-north-1", partition: "aws-cn" })).toEqual([
      {
        path: "kind",
        value: "cloudfront",
        rule: "CloudFront reaches into VPCs of the partition aws alone, and cn-north-1 is of aws-cn",
        remedy: 'choose a route of kind "alb"',
      },
    ]);
  });

  test("waits no longer than CloudFront does without a higher quota", () => {
    expect(routeSchema.safeParse({ kind: "cloudfront", timeoutSeconds: 61 }).success).toBe(false);
  });
});
