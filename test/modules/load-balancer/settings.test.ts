import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { at, policyOf } from "../../support/json";
import { customResource, metadataOf, releaseOf, typedResource } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { resource, resources } from "../../support/synth";

type Settings = NonNullable<EnvironmentInput["loadBalancers"]>;

const bucket = "${data.terraform_remote_state.identity.outputs.access_log_bucket}";
const logged: Settings = { accessLogs: { kind: "on" } };

function stacks(loadBalancers: Settings) {
  return synthStacks({
    ...minimal("dev"),
    loadBalancers,
    controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {}, emissary: {}, nginx: { kind: "f5" } },
    gateways: {
      front: { kind: "alb" },
      ports: { kind: "nlb", listeners: [{ kind: "tcp", port: 5432 }] },
    },
    apis: { store: { kind: "http" } },
    workloads: {
      shop: {
        image: { name: "example.com/shop", tag: "1.0.0" },
        port: 8080,
        routes: [{ kind: "alb" }, { kind: "nlb" }, { kind: "api-gateway", api: "store", path: "/shop" }],
      },
    },
  });
}

/** Attributes of each load balancer of the environment. */
function attributes(settings: Settings) {
  const made = stacks(settings);
  const service = "service.beta.kubernetes.io/aws-load-balancer-attributes";
  const values = (chart: string, ...path: readonly string[]) =>
    Object(at(releaseOf(made, chart).values, ...path, "annotations"))[service];
  return {
    alb: metadataOf(typedResource(made, "kubernetes_ingress_v1", "shop")).annotations?.[
      "alb.ingress.kubernetes.io/load-balancer-attributes"
    ],
    nlb: metadataOf(typedResource(made, "kubernetes_service_v1", "shop-nlb")).annotations?.[service],
    emissary: values("emissary-ingress", "service"),
    nginx: values("nginx-ingress", "controller", "service"),
    front: customResource(made, "LoadBalancerConfiguration", "front").spec["loadBalancerAttributes"],
    ports: customResource(made, "LoadBalancerConfiguration", "ports").spec["loadBalancerAttributes"],
  };
}

const headers = "routing.http.drop_invalid_header_fields.enabled=true";

describe("access logs", () => {
  it("are kept of every load balancer that can keep them, of an ALB its connections too", () => {
    const nlb = `access_logs.s3.enabled=true,access_logs.s3.bucket=${bucket}`;
    expect(attributes(logged)).toMatchObject({
      alb: `${headers},${nlb},connection_logs.s3.enabled=true,connection_logs.s3.bucket=${bucket}`,
      nlb,
      emissary: nlb,
      nginx: nlb,
      front: expect.arrayContaining([{ key: "connection_logs.s3.bucket", value: bucket }]),
      ports: [
        { key: "access_logs.s3.enabled", value: "true" },
        { key: "access_logs.s3.bucket", value: bucket },
      ],
    });
  });

  it("are not kept unless the environment says so, and there is no bucket then", () => {
    expect(attributes({})).toMatchObject({ alb: headers, nlb: undefined, emissary: undefined, ports: undefined });
    const { identity } = stacks({});
    expect(resources(identity, "aws_s3_bucket")).toEqual([]);
    expect(identity.output["access_log_bucket"]?.value).toBe("");
  });

  it("are written by load balancers of this account and region alone", () => {
    const { identity } = stacks(logged);
    const { Statement } = policyOf(resource(identity, "aws_s3_bucket_policy", "access-logs_bucket_policy"));
    expect(Statement).toMatchObject([
      {
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::dev-access-logs-123456789012/AWSLogs/123456789012/*",
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/*" },
        },
      },
      { Principal: { Service: "delivery.logs.amazonaws.com" }, Action: "s3:PutObject" },
      { Principal: { Service: "delivery.logs.amazonaws.com" }, Action: "s3:GetBucketAcl" },
      { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
  });

  it("go after 90 days, or when the environment says", () => {
    const days = (accessLogs: Settings["accessLogs"]) =>
      at(
        resource(
          stacks({ accessLogs }).identity,
          "aws_s3_bucket_lifecycle_configuration",
          "access-logs_bucket_lifecycle",
        ),
        "rule",
        0,
        "expiration",
        0,
        "days",
      );
    expect(days({ kind: "on" })).toBe(90);
    expect(days({ kind: "on", retentionDays: 365 })).toBe(365);
  });

  it("stop the end of their bucket, unless the environment gives a reason", () => {
    const made = (accessLogs: Settings["accessLogs"]) =>
      resource(stacks({ accessLogs }).identity, "aws_s3_bucket", "access-logs_bucket");
    expect(made({ kind: "on" })).not.toHaveProperty("force_destroy");
    expect(
      made({ kind: "on", atDestroy: { kind: "delete", reason: "This environment comes and goes." } }),
    ).toMatchObject({ force_destroy: true });
  });
});

describe("deletion protection", () => {
  it("is of every load balancer where the environment says so", () => {
    const protectedOnes = attributes({ deletionProtection: true });
    expect(protectedOnes).toMatchObject({
      alb: `${headers},deletion_protection.enabled=true`,
      nlb: "deletion_protection.enabled=true",
      emissary: "deletion_protection.enabled=true",
      nginx: "deletion_protection.enabled=true",
      ports: [{ key: "deletion_protection.enabled", value: "true" }],
    });
    expect(resources(stacks({ deletionProtection: true }).apps, "aws_lb")).toMatchObject([
      { enable_deletion_protection: true },
    ]);
  });

  it("is of none by default", () => {
    expect(resources(stacks({}).apps, "aws_lb")[0]).not.toHaveProperty("enable_deletion_protection");
  });
});

describe("Shield Advanced", () => {
  const protectedBy = (settings: Settings) => {
    const made = stacks(settings);
    return {
      alb: metadataOf(typedResource(made, "kubernetes_ingress_v1", "shop")).annotations?.[
        "alb.ingress.kubernetes.io/shield-advanced-protection"
      ],
      front: customResource(made, "LoadBalancerConfiguration", "front").spec["shieldConfiguration"],
      ports: customResource(made, "LoadBalancerConfiguration", "ports").spec["shieldConfiguration"],
    };
  };

  it("protects every ALB by word, and nothing without it", () => {
    expect(protectedBy({ shieldAdvanced: true })).toEqual({ alb: "true", front: { enabled: true }, ports: undefined });
    expect(protectedBy({})).toEqual({ alb: undefined, front: undefined, ports: undefined });
  });
});
