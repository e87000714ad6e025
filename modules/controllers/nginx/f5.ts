import type { Json } from "../../schema/primitives";
import { spreadOverZones } from "../availability";
import { drained } from "../drained";
import { type BeforeNginx, httpSnippet, loadBalancerValues, redirectPort } from "./load-balancer";
import type { NginxOptions } from "./schema";

export const f5Release = "nginx-ingress";

/** What an IngressClass names as its controller. Source: the chart's template of the class. */
export const f5Controller = "nginx.org/ingress-controller";

/** Values of the chart `nginx-ingress`. Its probes, ports and security context stay as they are. */
export function f5Values(
  options: NginxOptions,
  className: string,
  before: BeforeNginx,
): { readonly [key: string]: Json } {
  const { certificateArn } = before;
  const snippet = httpSnippet(options, before);
  const entries = {
    ...(snippet === undefined ? {} : { "http-snippets": snippet }),
    // Tells workloads that the caller came by HTTPS, which nginx itself does not see.
    ...(certificateArn === undefined ? {} : { "redirect-to-https": "true" }),
  };
  return {
    controller: {
      replicaCount: options.replicas,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/instance": f5Release }),
      resources: options.resources,
      // The class is made beside the release; see index.ts.
      ingressClass: { name: className, create: false, setAsDefaultIngress: false },
      ...(Object.keys(entries).length === 0 ? {} : { config: { entries } }),
      service: {
        ...loadBalancerValues(options, before),
        ...(certificateArn === undefined
          ? {}
          : {
              httpPort: { enable: true, port: 80, targetPort: redirectPort },
              // TLS has ended before: what comes to 443 is HTTP by now.
              httpsPort: { enable: true, port: 443, targetPort: 80 },
            }),
      },
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
