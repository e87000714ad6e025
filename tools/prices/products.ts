/** A product of AWS's price list, and what the bill of a review calls it. */
export interface Product {
  readonly what: string;
  /** Service code of the price list. */
  readonly service: string;
  /** End of its usage type; before it stands the region, in most regions. */
  readonly usage: string;
  readonly operation?: string;
  readonly per: "hour" | "month";
  /** Whether it costs the same in every region, and is in a list of its own. */
  readonly everywhere?: true;
}

/** Source of the usage types: AWS's cost and usage reports, which name them as the price list does. */
export const products: readonly Product[] = [
  { what: "EKS control plane", service: "AmazonEKS", usage: "AmazonEKS-Hours:perCluster", per: "hour" },
  {
    what: "ALB",
    service: "AWSELB",
    usage: "LoadBalancerUsage",
    operation: "LoadBalancing:Application",
    per: "hour",
  },
  { what: "NLB", service: "AWSELB", usage: "LoadBalancerUsage", operation: "LoadBalancing:Network", per: "hour" },
  { what: "NAT gateway", service: "AmazonEC2", usage: "NatGateway-Hours", per: "hour" },
  { what: "interface endpoint", service: "AmazonVPC", usage: "VpcEndpoint-Hours", per: "hour" },
  { what: "public IPv4 address (Elastic IP)", service: "AmazonVPC", usage: "PublicIPv4:InUseAddress", per: "hour" },
  { what: "hosted zone", service: "AmazonRoute53", usage: "HostedZone", per: "month", everywhere: true },
];

/** Whether a usage type is that of a product: `EU-NatGateway-Hours` is, `EU-RegionalNatGateway-Hours` is not. */
export function hasUsage({ usage }: Product, usageType: string): boolean {
  return usageType === usage || usageType.endsWith(`-${usage}`);
}
