import { defaultDrainSeconds } from "../../load-balancer/drain";
import type { Json } from "../../schema/primitives";
import { spreadOverZones } from "../availability";
import { type BeforeNginx, httpSnippet, loadBalancerValues, redirectPort } from "./load-balancer";
import type { CommunityOptions, NginxOptions } from "./schema";

export const communityRelease = "ingress-nginx";

/** What an IngressClass names as its controller. Source: the chart's `controller.ingressClassResource.controllerValue`. */
export const communityController = "k8s.io/ingress-nginx";

/** Name of the container's port, at most 15 characters. */
const redirectPortName = "to-https";

/** Nodes that the default backend's image is for. */
const onAmd64 = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: "kubernetes.io/arch", operator: "In", values: ["amd64"] }] }],
    },
  },
};

function labels(component: string): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/instance": communityRelease, "app.kubernetes.io/component": component };
}

/** Values of the chart `ingress-nginx`. Its probes, ports and security context stay as they are. */
export function communityValues(
  options: NginxOptions,
  className: string,
  before: BeforeNginx,
): { readonly [key: string]: Json } {
  const { certificateArn } = before;
  const snippet = httpSnippet(options, before);
  const defaultBackend: CommunityOptions["defaultBackend"] =
    options.kind === "community" ? options.defaultBackend : { kind: "nginx" };
  return {
    controller: {
      replicaCount: options.replicas,
      minAvailable: 1,
      topologySpreadConstraints: spreadOverZones(labels("controller")),
      resources: options.resources,
      // The class is made beside the release; see index.ts.
      ingressClassResource: { enabled: false, name: className, controllerValue: communityController },
      ingressClass: className,
      ...(certificateArn === undefined
        ? {}
        : { containerPort: { http: 80, https: 443, [redirectPortName]: redirectPort } }),
      ...(snippet === undefined ? {} : { config: { "http-snippet": snippet } }),
      service: {
        ...loadBalancerValues(options, before),
        // TLS has ended before: what comes to 443 is HTTP by now.
        ...(certificateArn === undefined ? {} : { targetPorts: { http: redirectPortName, https: "http" } }),
      },
      // Its own preStop waits for nginx to end, with five minutes until it is killed; this is how long it serves before.
      extraArgs: { "shutdown-grace-period": defaultDrainSeconds },
      // The webhook would judge Ingresses of every class, and refuse all of them while its pods are away. It is also how
      // the gravest of its flaws were reached, and no more of those will be fixed.
      admissionWebhooks: { enabled: false },
    },
    defaultBackend:
      defaultBackend.kind === "nginx"
        ? { enabled: false }
        : {
            enabled: true,
            replicaCount: defaultBackend.replicas,
            minAvailable: 1,
            affinity: onAmd64,
            topologySpreadConstraints: spreadOverZones(labels("default-backend")),
            resources: { requests: { cpu: "10m", memory: "20Mi" }, limits: { memory: "40Mi" } },
          },
  };
}
