import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { policyOf } from "../../support/json";
import { customResource, metadataOf, typedResource } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { resource, resources } from "../../support/synth";

/** A block that looks like a certificate in PEM; nothing reads what is in it. */
const authority = (letter: string) => `-----BEGIN CERTIFICATE-----\n${letter.repeat(64)}\n-----END CERTIFICATE-----\n`;

function stacks(rest: Partial<EnvironmentInput> = {}) {
  return synthStacks({
    ...minimal("dev"),
    dns: { zones: { "example.com": { kind: "create" } } },
    certificates: { web: { kind: "acm", hosts: ["*.example.com"] } },
    trustStores: { partners: { authorities: [authority("A"), authority("B")] } },
    workloads: {
      shop: {
        image: { name: "example.com/shop", tag: "1.0.0" },
        port: 8080,
        routes: [{ kind: "alb", host: "shop.example.com", certificate: "web", clientCertificates: "partners" }],
      },
    },
    ...rest,
  });
}

const storeArn = "${data.terraform_remote_state.identity.outputs.trust_store_arns.partners}";

describe("a trust store", () => {
  it("has its authorities in a bucket whose old versions are kept, and reads the version that was applied", () => {
    const { identity } = stacks();
    expect(resource(identity, "aws_s3_object", "trust-store_partners_bundle")).toMatchObject({
      key: "partners.pem",
      content: `${authority("A")}${authority("B")}`,
    });
    expect(resource(identity, "aws_s3_bucket_versioning", "trust-store_bucket_versioning")).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
    expect(resource(identity, "aws_lb_trust_store", "trust-store_partners")).toMatchObject({
      name: "dev-partners",
      ca_certificates_bundle_s3_object_version: "${aws_s3_object.trust-store_partners_bundle.version_id}",
    });
  });

  it("has a bucket that nobody reaches in public or in clear text, encrypted and without ACLs", () => {
    const { identity } = stacks();
    expect(resource(identity, "aws_s3_bucket_public_access_block", "trust-store_bucket_public-access")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    const [denied] = policyOf(resource(identity, "aws_s3_bucket_policy", "trust-store_bucket_policy")).Statement;
    expect(denied).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Resource: ["arn:aws:s3:::dev-trust-123456789012", "arn:aws:s3:::dev-trust-123456789012/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(resources(identity, "aws_s3_bucket_server_side_encryption_configuration")).toHaveLength(1);
    expect(resource(identity, "aws_s3_bucket_ownership_controls", "trust-store_bucket_ownership")).toMatchObject({
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
  });

  it("is no bucket where there is none", () => {
    const { identity } = synthStacks(minimal());
    expect(resources(identity, "aws_s3_bucket")).toEqual([]);
    expect(identity.output["trust_store_arns"]?.value).toEqual({});
  });
});

describe("a door that asks for client certificates", () => {
  it("of kind alb refuses on 443 whoever has none of the trust store's authorities", () => {
    const { annotations } = metadataOf(typedResource(stacks(), "kubernetes_ingress_v1", "shop"));
    expect(JSON.parse(annotations?.["alb.ingress.kubernetes.io/mutual-authentication"] ?? "")).toEqual([
      { port: 443, mode: "verify", trustStore: storeArn },
    ]);
  });

  it("of the Gateway API does the same at its HTTPS listener", () => {
    const made = stacks({
      controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {} },
      gateways: { front: { kind: "alb", certificates: ["web"], clientCertificates: "partners" } },
    });
    expect(customResource(made, "LoadBalancerConfiguration", "front").spec["listenerConfigurations"]).toMatchObject([
      { protocolPort: "HTTPS:443", mutualAuthentication: { mode: "verify", trustStore: storeArn } },
    ]);
  });

  it.each([
    ["rest", "aws_api_gateway_domain_name"],
    ["http", "aws_apigatewayv2_domain_name"],
  ] as const)("of an API of kind %s reads the bundle by its version, and has no way around", (kind, type) => {
    const made = stacks({
      apis: {
        store: {
          kind,
          disableExecuteApiEndpoint: true,
          customDomain: {
            name: "api.example.com",
            zone: "example.com",
            certificate: "web",
            clientCertificates: "partners",
          },
        },
      },
      workloads: {
        shop: {
          image: { name: "example.com/shop", tag: "1.0.0" },
          port: 8080,
          routes: [{ kind: "api-gateway", api: "store", path: "/shop" }],
        },
      },
    });
    expect(resources(made.apps, type)).toMatchObject([
      {
        mutual_tls_authentication: {
          truststore_uri: "${data.terraform_remote_state.identity.outputs.trust_bundle_uris.partners}",
          truststore_version: "${data.terraform_remote_state.identity.outputs.trust_bundle_versions.partners}",
        },
      },
    ]);
  });
});
