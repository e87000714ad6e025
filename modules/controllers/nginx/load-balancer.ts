import { nlbAnnotations, nlbClass } from "../../load-balancer/service";
import type { NginxOptions } from "./schema";

/** Values of the Service that both charts know by the same names. */
export function loadBalancerValues({ exposure, inboundCidrs }: NginxOptions) {
  return {
    type: "LoadBalancer",
    loadBalancerClass: nlbClass,
    annotations: nlbAnnotations({ exposure }),
    loadBalancerSourceRanges: inboundCidrs,
    // The targets are pods; a port on every node would only be one more way in.
    allocateLoadBalancerNodePorts: false,
    externalTrafficPolicy: "Cluster",
  };
}
