import { publicSubnetCount } from "../../modules/network/subnet-counts";
import { formatPath, formatValue, type Problem } from "../../modules/schema/problem";
import { controllerPath } from "../controllers";
import type { Environment } from "../environment";
import { controllerBalancers } from "../install-controllers";
import { routesWithFacts } from "../route";

/** What is missing: an ALB spans two zones or more, any other load balancer one. */
export function missingSubnets(needed: number, count: number): string {
  return `an internet-facing ${needed > 1 ? "ALB needs public subnets in two zones" : "load balancer needs a public subnet"}, and \`network.publicSubnetIds\` has ${count}`;
}

/** Source: Elastic Load Balancing user guide, "Subnets for your load balancer". */
export function publicSubnetsForWhatIsPublic(environment: Environment): readonly Problem[] {
  const count = publicSubnetCount(environment.network);
  const ofControllers = controllerBalancers(environment.controllers).flatMap(({ name, balancer }) => {
    const { exposure, elasticIps, option } = balancer;
    if (exposure !== "internet-facing" || count > 0) return [];
    return [
      {
        path: `${controllerPath(name)}.exposure`,
        value: option.value,
        rule: elasticIps
          ? "there is one Elastic IP for each public subnet, and `network.publicSubnetIds` is empty"
          : "an internet-facing load balancer needs a public subnet, and `network.publicSubnetIds` is empty",
        remedy: `list public subnets in \`network.publicSubnetIds\`, or write \`exposure: ${formatValue(option.internal)}\``,
      },
    ];
  });
  const ofRoutes = routesWithFacts(environment).flatMap(({ path, facts: { exposure, subnets = 0 } }) =>
    exposure !== "internet-facing" || count >= subnets
      ? []
      : [
          {
            path: formatPath([...path, "exposure"]),
            value: exposure,
            rule: missingSubnets(subnets, count),
            remedy: 'list public subnets in `network.publicSubnetIds`, or write `exposure: "internal"`',
          },
        ],
  );
  return [...ofControllers, ...ofRoutes];
}
