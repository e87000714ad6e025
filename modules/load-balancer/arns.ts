import { parseArn } from "../schema/arn";
import { formatPath, type Problem } from "../schema/problem";

/** A certificate that something in front of a workload presents. */
export interface CertificateUse {
  /** Field it stands in, relative to what names it. */
  readonly field: readonly PropertyKey[];
  readonly arn: string;
  /** CloudFront takes certificates of ACM in us-east-1 alone. Default: a load balancer, of the environment's region. */
  readonly presentedBy?: "CloudFront";
}

/** A web ACL of WAFv2 in front of a workload. */
export interface WebAclUse {
  readonly field: readonly PropertyKey[];
  readonly arn: string;
  /** `CLOUDFRONT` ones are of us-east-1. Default: `REGIONAL`, of the environment's own region. */
  readonly scope?: "REGIONAL" | "CLOUDFRONT";
}

/** Where the environment is. */
interface Place {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}

/** Where CloudFront looks for what is its own, wherever the environment is. */
const cloudFrontRegion = "us-east-1";

const exampleId = "11111111-2222-4333-8444-555555555555";

/**
 * A load balancer takes certificates of its own account and region, from ACM or uploaded to IAM; those of IAM have no
 * region. Sources: "Certificates for your Application Load Balancer" and "…Network Load Balancer" in the ELB guides;
 * "Requirements for using SSL/TLS certificates with CloudFront" in its developer guide.
 *
 * @param at where the certificate is named, as a reader finds it in the environment file.
 */
export function certificateProblems(
  { field, arn, presentedBy }: CertificateUse,
  at: readonly PropertyKey[],
  aws: Place,
): readonly Problem[] {
  const path = formatPath([...at, ...field]);
  const cloudFront = presentedBy === "CloudFront";
  const place = cloudFront ? cloudFrontRegion : aws.region;
  const { service, resource } = parseArn(arn);
  const isCertificate =
    (service === "acm" && resource.startsWith("certificate/")) ||
    (service === "iam" && resource.startsWith("server-certificate/") && !cloudFront);
  if (!isCertificate) {
    return [
      {
        path,
        value: arn,
        rule: cloudFront ? "it is no certificate of ACM" : "it is no certificate: those are of ACM, or uploaded to IAM",
        remedy: `write an ARN such as "arn:${aws.partition}:acm:${place}:${aws.accountId}:certificate/${exampleId}"`,
      },
    ];
  }
  return [
    ...ofOtherRegion(path, arn, place, cloudFront),
    ...ofOtherAccount(
      path,
      arn,
      aws,
      `${cloudFront ? "CloudFront" : "a load balancer"} takes certificates of its own account alone`,
    ),
  ];
}

/** Source: AWS WAF developer guide, "Associating or disassociating a web ACL with an AWS resource". */
export function webAclProblems(
  { field, arn, scope = "REGIONAL" }: WebAclUse,
  at: readonly PropertyKey[],
  aws: Place,
): readonly Problem[] {
  const path = formatPath([...at, ...field]);
  const cloudFront = scope === "CLOUDFRONT";
  const place = cloudFront ? cloudFrontRegion : aws.region;
  const prefix = cloudFront ? "global/webacl/" : "regional/webacl/";
  const { service, resource } = parseArn(arn);
  if (service !== "wafv2" || !resource.startsWith(prefix)) {
    return [
      {
        path,
        value: arn,
        rule: cloudFront
          ? "CloudFront takes a global web ACL of WAFv2, not a regional one and nothing of WAF Classic"
          : "an ALB takes a regional web ACL of WAFv2, not one for CloudFront and nothing of WAF Classic",
        remedy: `name an ARN such as arn:${aws.partition}:wafv2:${place}:${aws.accountId}:${prefix}<name>/<id>`,
      },
    ];
  }
  return [
    ...ofOtherRegion(path, arn, place, cloudFront),
    ...ofOtherAccount(
      path,
      arn,
      aws,
      `${cloudFront ? "CloudFront" : "a load balancer"} takes a web ACL of its own account alone`,
    ),
  ];
}

function ofOtherRegion(path: string, arn: string, region: string, cloudFront: boolean): readonly Problem[] {
  const { region: actual } = parseArn(arn);
  if (actual === "" || actual === region) return [];
  return [
    {
      path,
      value: arn,
      rule: cloudFront
        ? `it belongs to ${actual}, and CloudFront takes what is of ${region} alone, wherever its origin is`
        : `it belongs to ${actual}, and the load balancer stands in ${region}; a load balancer takes nothing from another region`,
      remedy: `name one of ${region}`,
    },
  ];
}

function ofOtherAccount(path: string, arn: string, { accountId }: Place, rule: string): readonly Problem[] {
  const { accountId: actual } = parseArn(arn);
  if (actual === "" || actual === accountId) return [];
  return [
    {
      path,
      value: arn,
      rule: `it belongs to the account ${actual}, and ${rule}`,
      remedy: `name one of the account ${accountId}`,
    },
  ];
}
