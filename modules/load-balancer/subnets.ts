/** Subnets of the VPC that load balancers may stand in, one a zone. */
export interface BalancerNetwork {
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
}

/**
 * Subnets of a load balancer. They are named, because the load balancer controller otherwise takes every subnet with its
 * tag, which in an existing VPC may be more than the environment lists, and never again looks at them for a load balancer
 * that it has made: a zone that comes later would not reach it.
 * Source: "Subnet auto-discovery" in the AWS Load Balancer Controller's guide.
 */
export function subnetsOf(exposure: "internal" | "internet-facing", network: BalancerNetwork): readonly string[] {
  return exposure === "internal" ? network.privateSubnetIds : network.publicSubnetIds;
}
