import { z } from "zod";
import { components } from "../../lifecycle/components";
import { described } from "../../schema/descriptions";
import { minimumReplicas, spreadOverZones } from "../availability";
import { defineController } from "../controller";
import { ControllerRelease } from "../release";

const namespace = "cert-manager";

/** Issues and renews the TLS certificates that webhooks of other controllers serve. */
export const certManager = defineController({
  description: "Issues and renews the TLS certificates that webhooks of other controllers serve.",
  schema: z.strictObject({
    replicas: described(
      "Pods of controller, webhook and CA injector each, 2 or more.",
      z.number().int().min(minimumReplicas).default(2),
    ),
  }),
  components: () => ["certManager"],
  namespace: () => namespace,
  after: [],
  install(scope, options, context) {
    const available = (component: string) => ({
      replicaCount: options.replicas,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      topologySpreadConstraints: spreadOverZones({
        "app.kubernetes.io/instance": "cert-manager",
        "app.kubernetes.io/component": component,
      }),
    });
    const release = new ControllerRelease(scope, "cert-manager", {
      component: components.certManager,
      releaseName: "cert-manager",
      namespace,
      chartMirror: context.chartMirror,
      values: {
        crds: { enabled: true, keep: true },
        ...available("controller"),
        webhook: {
          ...available("webhook"),
          // The kubelet owns 10250 on Fargate, where pod and node share an address.
          ...(context.onFargate(namespace) ? { securePort: 10260 } : {}),
        },
        cainjector: available("cainjector"),
      },
      dependsOn: context.dependsOn,
    });
    return { ready: release.ready };
  },
});
