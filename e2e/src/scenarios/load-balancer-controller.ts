import { readReport } from "@ingress-foundry/sandbox/report";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { NotRun } from "../results";

export const loadBalancerController = "aws-load-balancer-controller";

/**
 * Without it nobody makes listeners for Ingresses and Services, or fills the target groups of the others.
 *
 * @throws NotRun where its program is not given
 */
export function needsLoadBalancerController({ folder }: Sandbox): void {
  if (!readReport(folder.report).controllers.some(({ program }) => program === loadBalancerController)) {
    throw new NotRun(`${loadBalancerController} does not run: SANDBOX_CONTROLLERS names no folder that holds it`);
  }
}
