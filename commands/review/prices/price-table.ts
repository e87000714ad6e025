import type { Price } from "./price";

/**
 * What AWS asks, each row as its source had it on a day. `npm run prices` writes rows anew from AWS's price list, and
 * leaves those of other regions and of what it does not know.
 */
export const priceTable: readonly Price[] = [
  {
    what: "ALB",
    region: "us-east-1",
    usd: 0.0225,
    per: "hour",
    source: "https://aws.amazon.com/elasticloadbalancing/pricing/",
    asOf: "2026-09-20",
  },
  {
    what: "EKS control plane",
    region: "aws",
    usd: 0.1,
    per: "hour",
    source: "https://aws.amazon.com/blogs/containers/amazon-eks-extended-support-for-kubernetes-versions-pricing/",
    asOf: "2024-04-01",
  },
  {
    what: "EKS control plane in extended support",
    region: "aws",
    usd: 0.6,
    per: "hour",
    source: "https://aws.amazon.com/blogs/containers/amazon-eks-extended-support-for-kubernetes-versions-pricing/",
    asOf: "2024-04-01",
  },
  {
    what: "NAT gateway",
    region: "us-east-2",
    usd: 0.045,
    per: "hour",
    source: "https://aws.amazon.com/vpc/pricing/",
    asOf: "2026-09-20",
  },
  {
    what: "hosted zone",
    region: "aws",
    usd: 0.5,
    per: "month",
    source: "https://aws.amazon.com/route53/pricing/",
    asOf: "2026-09-20",
  },
  {
    what: "public IPv4 address (Elastic IP)",
    region: "aws",
    usd: 0.005,
    per: "hour",
    source: "https://community.aws/content/2c6cKl0W4KQZIO6dWnnDHs1tHSp/aws-to-charge-public-ipv4-addresses",
    asOf: "2024-02-08",
  },
];
