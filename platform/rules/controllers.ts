import { formatPath, type Problem } from "../../modules/schema/problem";
import { controllerPath } from "../controllers";
import type { RouteKind } from "../doors";
import type { Environment } from "../environment";
import { routeFacts } from "../route";

/** Controllers whose Services name a class of load balancers that one other controller serves. */
const behindLoadBalancers = ["emissary", "nginx"] as const;

export function loadBalancersAreMade({ controllers }: Environment): readonly Problem[] {
  if (controllers.awsLoadBalancerController !== undefined) return [];
  return behindLoadBalancers
    .filter((name) => controllers[name] !== undefined)
    .map((name) => ({
      path: controllerPath(name),
      value: controllers[name],
      rule: "its load balancer is made by the AWS Load Balancer Controller, which is not enabled, so its address would stay pending",
      remedy: "add `awsLoadBalancerController: {}` to `controllers`",
    }));
}

/** Public subnets of the network, known before anything is made. */
export function publicSubnetCount({ network }: Environment): number {
  return network.kind === "create" ? network.zones.length : network.publicSubnetIds.length;
}

/**
 * Public subnets, one a zone, that the load balancer of an internet-facing route needs.
 * Source: Elastic Load Balancing user guide, "Subnets for your load balancer".
 */
const subnetsOfRoute: Readonly<Partial<Record<RouteKind, number>>> = { alb: 2, nlb: 1 };

export function publicSubnetsForWhatIsPublic(environment: Environment): readonly Problem[] {
  const { controllers, workloads } = environment;
  const count = publicSubnetCount(environment);
  const remedy = 'list public subnets in `network.publicSubnetIds`, or write `exposure: "internal"`';
  const emissary = controllers.emissary?.exposure;
  const problems: Problem[] = [];
  if (emissary?.kind === "internet-facing" && count === 0) {
    problems.push({
      path: "controllers.emissary.exposure",
      value: emissary,
      rule:
        emissary.address.kind === "elastic-ips"
          ? "there is one Elastic IP for each public subnet, and `network.publicSubnetIds` is empty"
          : "an internet-facing load balancer needs a public subnet, and `network.publicSubnetIds` is empty",
      remedy: 'list public subnets in `network.publicSubnetIds`, or write `exposure: { kind: "internal" }`',
    });
  }
  if (controllers.nginx?.exposure === "internet-facing" && count === 0) {
    problems.push({
      path: "controllers.nginx.exposure",
      value: "internet-facing",
      rule: "an internet-facing load balancer needs a public subnet, and `network.publicSubnetIds` is empty",
      remedy,
    });
  }
  for (const [name, { namespace, routes }] of Object.entries(workloads)) {
    routes.forEach((route, index) => {
      const needed = subnetsOfRoute[route.kind] ?? 0;
      if (routeFacts(route, { name, namespace }).exposure !== "internet-facing" || count >= needed) return;
      problems.push({
        path: formatPath(["workloads", name, "routes", index, "exposure"]),
        value: "internet-facing",
        rule: `an internet-facing ${route.kind === "alb" ? "ALB needs public subnets in two zones" : "load balancer needs a public subnet"}, and \`network.publicSubnetIds\` has ${count}`,
        remedy,
      });
    });
  }
  return problems;
}
