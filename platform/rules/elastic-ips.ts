import { natGatewayCount, publicSubnetCount } from "../../modules/network/subnet-counts";
import { allOf } from "../../modules/schema/suggest";
import { controllerPath } from "../controllers";
import type { Environment } from "../environment";
import { controllerBalancers } from "../install-controllers";

/** Elastic IPs of an account in a region, unless it asked for more. Source: Service Quotas, L-0263D0A3. */
const defaultQuota = 5;

/** Elastic IPs that an environment makes, and what for. */
export function elasticIps({
  controllers,
  network,
}: Pick<Environment, "controllers" | "network">): readonly { readonly count: number; readonly what: string }[] {
  const nat = natGatewayCount(network);
  return [
    { count: nat, what: `NAT gateways (${nat})` },
    ...controllerBalancers(controllers)
      .filter(({ balancer }) => balancer.elasticIps)
      .map(({ name }) => {
        const count = publicSubnetCount(network);
        return { count, what: `\`${controllerPath(name)}\` (${count})` };
      }),
  ].filter(({ count }) => count > 0);
}

/** The address that is one too many fails in the middle of an apply, with AddressLimitExceeded. */
export function elasticIpsWithinQuota(environment: Environment): readonly string[] {
  const needed = elasticIps(environment);
  const total = needed.reduce((sum, { count }) => sum + count, 0);
  if (total <= defaultQuota) return [];
  return [
    `it needs ${total} Elastic IPs, for ${allOf(needed.map(({ what }) => what))}; an account has ${defaultQuota} a region unless it asked for more: aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-0263D0A3 --desired-value ${total}`,
  ];
}
