import type { BalancerNetwork } from "../../load-balancer/subnets";
import type { Json } from "../../schema/primitives";
import { spreadOverZones } from "../availability";
import { drained } from "../drained";
import { loadBalancerValues } from "./load-balancer";
import type { NginxOptions } from "./schema";

export const f5Release = "nginx-ingress";

/** What an IngressClass names as its controller. Source: the chart's template of the class. */
export const f5Controller = "nginx.org/ingress-controller";

/** Values of the chart `nginx-ingress`. Its probes, ports and security context stay as they are. */
export function f5Values(
  options: NginxOptions,
  className: string,
  network: BalancerNetwork,
): { readonly [key: string]: Json } {
  return {
    controller: {
      replicaCount: options.replicas,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/instance": f5Release }),
      resources: options.resources,
      // The class is made beside the release; see index.ts.
      ingressClass: { name: className, create: false, setAsDefaultIngress: false },
      service: loadBalancerValues(options, network),
      ...drained,
      // Routes are Ingresses; rights on resources that nobody makes are not asked for.
      enableCustomResources: false,
      // A route of every host is an Ingress without one.
      allowEmptyIngressHost: true,
      // It would report the size of the cluster to F5 every day.
      telemetryReporting: { enable: false },
    },
  };
}
