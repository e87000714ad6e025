import { defaultDrainSeconds } from "../../load-balancer/drain";
import { nlbAnnotations, nlbClass } from "../../load-balancer/service";
import { type BalancerNetwork, subnetsOf } from "../../load-balancer/subnets";
import type { NginxOptions } from "./schema";

/** Values of the Service that both charts know by the same names. */
export function loadBalancerValues({ exposure, inboundCidrs }: NginxOptions, network: BalancerNetwork) {
  return {
    type: "LoadBalancer",
    loadBalancerClass: nlbClass,
    annotations: nlbAnnotations({
      exposure,
      subnetIds: subnetsOf(exposure, network),
      drainSeconds: defaultDrainSeconds,
    }),
    loadBalancerSourceRanges: inboundCidrs,
    // The targets are pods; a port on every node would only be one more way in.
    allocateLoadBalancerNodePorts: false,
    externalTrafficPolicy: "Cluster",
  };
}
