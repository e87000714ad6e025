import { hstsHeader } from "../../certificates/hsts";
import { nlbAnnotations, nlbClass } from "../../load-balancer/service";
import type { NginxOptions } from "./schema";

/** Values of the Service that both charts know by the same names. */
export function loadBalancerValues({ exposure, inboundCidrs }: NginxOptions, certificateArn: string | undefined) {
  return {
    type: "LoadBalancer",
    loadBalancerClass: nlbClass,
    annotations: nlbAnnotations({
      exposure,
      tls: certificateArn === undefined ? undefined : { certificateArn, ports: [443] },
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
export function httpSnippet({ hsts }: NginxOptions, certificateArn: string | undefined): string | undefined {
  const lines = [
    ...(certificateArn === undefined
      ? []
      : [`server { listen ${redirectPort}; return 308 https://$host$request_uri; }`]),
    ...(hsts === undefined ? [] : [`add_header Strict-Transport-Security "${hstsHeader(hsts)}" always;`]),
  ];
  return lines.length === 0 ? undefined : lines.join("\n");
}
