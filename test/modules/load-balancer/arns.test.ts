import { describe, expect, test } from "vitest";
import { certificateProblems, webAclProblems } from "../../../modules/load-balancer/arns";

const aws = { region: "us-west-2", accountId: "123456789012", partition: "aws" };
const at = ["workloads", "shop", "routes", 0];
const certificate = "arn:aws:acm:us-west-2:123456789012:certificate/0123";
const webAcl = "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/shop/0123";

function ofCertificate(arn: string, presentedBy?: "CloudFront") {
  return certificateProblems({ field: ["certificateArn"], arn, presentedBy }, at, aws);
}

describe("a certificate in front of a workload", () => {
  test("of the environment's account and region passes, and so does one of IAM, which has no region", () => {
    expect(ofCertificate(certificate)).toEqual([]);
    expect(ofCertificate("arn:aws:iam::123456789012:server-certificate/shop")).toEqual([]);
  });

  test("of another region is refused", () => {
    const arn = certificate.replace("us-west-2", "us-east-1");
    expect(ofCertificate(arn)).toEqual([
      {
        path: "workloads.shop.routes[0].certificateArn",
        value: arn,
        rule: "it belongs to us-east-1, and the load balancer stands in us-west-2; a load balancer takes nothing from another region",
        remedy: "name one of us-west-2",
      },
    ]);
  });

  test("at CloudFront is of ACM in us-east-1, wherever the environment is", () => {
    expect(ofCertificate(certificate.replace("us-west-2", "us-east-1"), "CloudFront")).toEqual([]);
    expect(ofCertificate(certificate, "CloudFront")).toMatchObject([
      {
        rule: "it belongs to us-west-2, and CloudFront takes what is of us-east-1 alone, wherever its origin is",
        remedy: "name one of us-east-1",
      },
    ]);
    expect(ofCertificate("arn:aws:iam::123456789012:server-certificate/shop", "CloudFront")).toMatchObject([
      {
        rule: "it is no certificate of ACM",
        remedy:
          'write an ARN such as "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-4333-8444-555555555555"',
      },
    ]);
  });

  test("of another account is refused", () => {
    expect(ofCertificate(certificate.replace("123456789012", "210987654321"))).toMatchObject([
      {
        rule: "it belongs to the account 210987654321, and a load balancer takes certificates of its own account alone",
        remedy: "name one of the account 123456789012",
      },
    ]);
  });

  test("is a certificate and nothing else", () => {
    expect(ofCertificate("arn:aws:iam::123456789012:role/shop")).toMatchObject([
      {
        rule: "it is no certificate: those are of ACM, or uploaded to IAM",
        remedy:
          'write an ARN such as "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555"',
      },
    ]);
  });
});

describe("a web ACL in front of a workload", () => {
  const ofWebAcl = (arn: string, scope?: "CLOUDFRONT") =>
    webAclProblems({ field: ["webAclArn"], arn, ...(scope === undefined ? {} : { scope }) }, at, aws);

  test("of the environment's account and region passes", () => {
    expect(ofWebAcl(webAcl)).toEqual([]);
  });

  test("made for CloudFront is refused at a load balancer, and a regional one at CloudFront", () => {
    const global = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/0123";
    expect(ofWebAcl(global)).toMatchObject([
      {
        path: "workloads.shop.routes[0].webAclArn",
        rule: "an ALB takes a regional web ACL of WAFv2, not one for CloudFront and nothing of WAF Classic",
        remedy: "name an ARN such as arn:aws:wafv2:us-west-2:123456789012:regional/webacl/<name>/<id>",
      },
    ]);
    expect(ofWebAcl(global, "CLOUDFRONT")).toEqual([]);
    expect(ofWebAcl(webAcl, "CLOUDFRONT")).toMatchObject([
      { remedy: "name an ARN such as arn:aws:wafv2:us-east-1:123456789012:global/webacl/<name>/<id>" },
    ]);
  });

  test("of another region or account is refused", () => {
    expect(ofWebAcl(webAcl.replace("us-west-2", "eu-west-1"))).toMatchObject([{ remedy: "name one of us-west-2" }]);
    expect(ofWebAcl(webAcl.replace("123456789012", "210987654321"))).toMatchObject([
      { rule: "it belongs to the account 210987654321, and a load balancer takes a web ACL of its own account alone" },
    ]);
  });
});
