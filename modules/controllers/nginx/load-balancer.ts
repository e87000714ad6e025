import { hstsHeader } from "../../certificates/hsts";
import type { BalancerSettings } from "../../load-balancer/attributes";
import { defaultDrainSeconds } from "../../load-balancer/drain";
import { nlbAnnotations, nlbClass } from "../../load-balancer/service";
import { type BalancerNetwork, subnetsOf } from "../../load-balancer/subnets";
import type { NginxOptions } from "./schema";

/** The load balancer before nginx. */
export interface BeforeNginx {
  /** Certificate that it presents. */
  readonly certificateArn: string | undefined;
  readonly balancers: BalancerSettings;
  /** Where it may stand. */
  readonly network: BalancerNetwork;
}

/** Values of the Service that both charts know by the same names. */
export function loadBalancerValues(
  { exposure, inboundCidrs, inboundLists }: NginxOptions,
  { certificateArn, balancers, network }: BeforeNginx,
) {
  return {
    type: "LoadBalancer",
    loadBalancerClass: nlbClass,
    annotations: nlbAnnotations({
      exposure,
      prefixLists: inboundLists,
      balancers,
      tls: certificateArn === undefined ? undefined : { certificateArn, ports: [443] },
      subnetIds: subnetsOf(exposure, network),
      drainSeconds: defaultDrainSeconds,
    }),
    loadBalancerSourceRanges: inboundCidrs,
    // The targets are pods; a port on every node would only be one more way in.
    allocateLoadBalancerNodePorts: false,
    externalTrafficPolicy: "Cluster",
  };
}

/** Where nginx answers what came to the load balancer by HTTP, where that terminates TLS. */
export const redirectPort = 2443;

/** What nginx itself has to know of the TLS before it: a server for the redirect, and the header of HSTS. */
export function httpSnippet({ hsts }: NginxOptions, { certificateArn }: BeforeNginx): string | undefined {
  const lines = [
    ...(certificateArn === undefined
      ? []
      : [`server { listen ${redirectPort}; return 308 https://$host$request_uri; }`]),
    ...(hsts === undefined ? [] : [`add_header Strict-Transport-Security "${hstsHeader(hsts)}" always;`]),
  ];
  return lines.length === 0 ? undefined : lines.join("\n");
}
