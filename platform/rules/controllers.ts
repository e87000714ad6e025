import type { Problem } from "../../modules/schema/problem";
import { controllerPath } from "../controllers";
import type { Environment } from "../environment";
import { controllerBalancers } from "../install-controllers";

/** Services of controllers name a class of load balancers that one other controller serves. */
export function loadBalancersAreMade({ controllers }: Environment): readonly Problem[] {
  if (controllers.awsLoadBalancerController !== undefined) return [];
  return controllerBalancers(controllers).map(({ name }) => ({
    path: controllerPath(name),
    value: controllers[name],
    rule: "its load balancer is made by the AWS Load Balancer Controller, which is not enabled, so its address would stay pending",
    remedy: "add `awsLoadBalancerController: {}` to `controllers`",
  }));
}
