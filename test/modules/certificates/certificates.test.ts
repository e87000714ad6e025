import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { metadataOf, typedResource } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { resource, resources, type TerraformJson } from "../../support/synth";

const zones = { "example.com": { kind: "create" }, "shop.example.com": { kind: "create" } } as const;
const authorityArn =
  "arn:aws:acm-pca:us-west-2:123456789012:certificate-authority/11111111-2222-4333-8444-555555555555";

type Route = NonNullable<NonNullable<EnvironmentInput["workloads"]>[string]["routes"]>[number];

function environment(
  certificates: NonNullable<EnvironmentInput["certificates"]>,
  routes: readonly Route[] = [],
): EnvironmentInput {
  return {
    ...minimal(),
    dns: { zones },
    certificates,
    workloads: { shop: { image: { name: "example.com/shop", tag: "1.0.0" }, port: 8080, routes: [...routes] } },
  };
}

function identityOf(...declared: Parameters<typeof environment>): TerraformJson {
  return synthStacks(environment(...declared)).identity;
}

/** What ACM says of the record of one host, in the words of cdktf's iterators. */
const option = (certificate: string, host: string, attribute: string) => {
  const options = `tolist(aws_acm_certificate.certificate_${certificate}.domain_validation_options)`;
  const everyOption = `toset(${options})`;
  return `\${one([ for key, val in ${everyOption}: val.${attribute} if val.domain_name == "${host}"])}`;
};

describe("a certificate of ACM", () => {
  it("is asked for in the identity stack, validated by DNS, with its first host as its name", () => {
    const identity = identityOf({ web: { kind: "acm", hosts: ["www.example.com", "*.example.com"] } });
    expect(resource(identity, "aws_acm_certificate", "certificate_web")).toEqual({
      domain_name: "www.example.com",
      subject_alternative_names: ["*.example.com"],
      validation_method: "DNS",
      tags: { Name: "web" },
      lifecycle: { create_before_destroy: true },
    });
  });

  it("is validated by a record of each name in the zone that resolvers end at", () => {
    const identity = identityOf({ web: { kind: "acm", hosts: ["www.example.com", "api.shop.example.com"] } });
    expect(resource(identity, "aws_route53_record", "certificate_record_www_example_com")).toEqual({
      zone_id: '${data.terraform_remote_state.cluster.outputs.zone_ids["example.com"]}',
      name: option("web", "www.example.com", "resource_record_name"),
      type: option("web", "www.example.com", "resource_record_type"),
      records: [option("web", "www.example.com", "resource_record_value")],
      ttl: 300,
    });
    expect(resource(identity, "aws_route53_record", "certificate_record_api_shop_example_com")["zone_id"]).toBe(
      '${data.terraform_remote_state.cluster.outputs.zone_ids["shop.example.com"]}',
    );
  });

  it("shares a record between a wildcard and what stands behind its dot, and with every other certificate", () => {
    const identity = identityOf({
      web: { kind: "acm", hosts: ["example.com", "*.example.com"] },
      mail: { kind: "acm", hosts: ["*.example.com"] },
    });
    expect(Object.keys(identity.resource["aws_route53_record"] ?? {})).toEqual(["certificate_record_example_com"]);
    for (const validation of resources(identity, "aws_acm_certificate_validation"))
      expect(validation["validation_record_fqdns"]).toEqual([
        "${aws_route53_record.certificate_record_example_com.fqdn}",
      ]);
  });

  it("is told to other stacks once ACM has issued it", () => {
    const identity = identityOf({ web: { kind: "acm", hosts: ["www.example.com"] } });
    expect(identity.output["certificate_arns"]?.value).toEqual({
      web: "${aws_acm_certificate_validation.certificate_web_issued.certificate_arn}",
    });
    expect(identity.output["edge_certificate_arns"]?.value).toEqual({});
  });

  it("is made in us-east-1 where CloudFront presents it, and there alone", () => {
    const identity = identityOf({ web: { kind: "acm", hosts: ["www.example.com"] } }, [
      { kind: "cloudfront", host: "www.example.com", certificate: "web" },
    ]);
    expect(resource(identity, "aws_acm_certificate", "certificate_web_edge")["provider"]).toBe("aws.edge");
    expect(resources(identity, "aws_acm_certificate")).toHaveLength(1);
    expect(identity.provider["aws"]).toMatchObject([{ region: "us-west-2" }, { region: "us-east-1", alias: "edge" }]);
    expect(identity.output["certificate_arns"]?.value).toEqual({});
    expect(Object.keys(Object(identity.output["edge_certificate_arns"]?.value))).toEqual(["web"]);
  });

  it("is made in both regions where both present it, with one record", () => {
    const identity = identityOf({ web: { kind: "acm", hosts: ["*.example.com"] } }, [
      { kind: "cloudfront", name: "edge", host: "www.example.com", certificate: "web" },
      { kind: "alb", host: "api.example.com", certificate: "web" },
    ]);
    expect(Object.keys(identity.resource["aws_acm_certificate"] ?? {}).sort()).toEqual([
      "certificate_web",
      "certificate_web_edge",
    ]);
    expect(resources(identity, "aws_route53_record")).toHaveLength(1);
  });

  it("needs no second provider where the environment is in us-east-1", () => {
    const declared = environment({ web: { kind: "acm", hosts: ["www.example.com"] } }, [
      { kind: "cloudfront", host: "www.example.com", certificate: "web" },
    ]);
    const { identity } = synthStacks({ ...declared, aws: { ...declared.aws, region: "us-east-1" } });
    expect(identity.provider["aws"]).toHaveLength(1);
    expect(resource(identity, "aws_acm_certificate", "certificate_web_edge")).not.toHaveProperty("provider");
  });

  it("of a zone elsewhere has its records told, and is waited for by who presents it", () => {
    const { identity, apps } = synthStacks(
      environment({ web: { kind: "acm", hosts: ["www.example.org"], validation: { kind: "elsewhere" } } }, [
        { kind: "alb", host: "www.example.org", certificate: "web" },
      ]),
    );
    expect(resources(identity, "aws_acm_certificate_validation")).toEqual([]);
    expect(resources(identity, "aws_route53_record")).toEqual([]);
    expect(Object.keys(Object(identity.output["certificate_validation_records"]?.value))).toEqual(["www.example.org"]);
    expect(resource(apps, "aws_acm_certificate_validation", "certificate_web")).toEqual({
      certificate_arn: "${data.terraform_remote_state.identity.outputs.certificate_arns.web}",
    });
  });
});

describe("a certificate of a private authority", () => {
  it("is asked of the authority, and nothing has to be validated", () => {
    const identity = identityOf({ inside: { kind: "private-ca", hosts: ["shop.internal.example.com"], authorityArn } });
    expect(resource(identity, "aws_acm_certificate", "certificate_inside")).toMatchObject({
      domain_name: "shop.internal.example.com",
      certificate_authority_arn: authorityArn,
    });
    expect(resource(identity, "aws_acm_certificate", "certificate_inside")).not.toHaveProperty("validation_method");
    expect(identity.output["certificate_arns"]?.value).toEqual({
      inside: "${aws_acm_certificate.certificate_inside.arn}",
    });
  });
});

describe("a door", () => {
  it("presents the certificate that it names by the identity stack's word, and never a private key", () => {
    const stacks = synthStacks(
      environment({ web: { kind: "acm", hosts: ["*.example.com"] } }, [
        { kind: "alb", host: "www.example.com", certificate: "web" },
      ]),
    );
    expect(metadataOf(typedResource(stacks, "kubernetes_ingress_v1", "shop")).annotations).toMatchObject({
      "alb.ingress.kubernetes.io/certificate-arn":
        "${data.terraform_remote_state.identity.outputs.certificate_arns.web}",
      "alb.ingress.kubernetes.io/ssl-redirect": "443",
    });
    expect(JSON.stringify(stacks)).not.toMatch(/private_key|tls_private/);
  });
});

describe("a zone that is made here", () => {
  it("tells the name servers that its parent has to delegate it to; one that is made elsewhere tells none", () => {
    const { cluster } = synthStacks({
      ...minimal(),
      dns: {
        zones: {
          "example.com": { kind: "create" },
          "example.org": { kind: "existing", zoneId: "Z0123456789ABCDEFGHIJ" },
        },
      },
    });
    expect(cluster.output["zone_name_servers"]?.value).toEqual({
      "example.com": '${join(" ", aws_route53_zone.zone_example_com.name_servers)}',
    });
  });
});
