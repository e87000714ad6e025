import type { TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { TerraformData } from "../terraform/terraform-data";

/** What makes another load balancer of an object when it changes. */
export interface BalancerIdentity {
  readonly exposure: "internal" | "internet-facing";
  /** Ingresses that share an ALB. Default: it is the object's own. */
  readonly group?: string | undefined;
}

/**
 * Has an object replaced when the load balancer controller would make another load balancer for it. Changed in place, the
 * object shows the old one's name until the controller has caught up, and records and outputs keep a name that is just
 * going away; made anew, it has none until the new one answers, and Terraform waits for that.
 */
export function replacedWith(scope: Construct, { exposure, group }: BalancerIdentity): TerraformResourceLifecycle {
  const identity = new TerraformData(scope, "load-balancer", {
    exposure,
    ...(group === undefined ? {} : { group }),
  });
  return { replaceTriggeredBy: [identity.address] };
}
