import { z } from "zod";
import { CustomResources } from "../../kubernetes/custom-resources";
import { components } from "../../lifecycle/components";
import { described } from "../../schema/descriptions";
import { minimumReplicas, spreadOverZones } from "../availability";
import { defineController } from "../controller";
import { ControllerRelease } from "../release";
import { asksRoute53, issuerManifests, issuersSchema, route53Policy } from "./issuers";

const namespace = "cert-manager";

/** Issues and renews the TLS certificates that webhooks of other controllers serve, and those of hosts inside the cluster. */
export const certManager = defineController({
  description:
    "Issues and renews the TLS certificates that webhooks of other controllers serve, and those of hosts inside the cluster.",
  schema: z.strictObject({
    replicas: described(
      "Pods of controller, webhook and CA injector each, 2 or more.",
      z.number().int().min(minimumReplicas).default(2),
    ),
    issuers: issuersSchema,
  }),
  components: () => ["certManager"],
  namespace: () => namespace,
  podSecurity: "restricted",
  after: [],
  needsRole: ({ issuers }) => asksRoute53(issuers),
  identity: ({ issuers }, context) => ({
    namespace,
    serviceAccount: "cert-manager",
    roleName: "CertManagerRole",
    policyName: "CertManagerIAMPolicy",
    policy: route53Policy(issuers, context),
  }),
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
        ...(context.roleArn === undefined
          ? {}
          : { serviceAccount: { annotations: { "eks.amazonaws.com/role-arn": context.roleArn } } }),
        webhook: {
          ...available("webhook"),
          // The kubelet owns 10250 on Fargate, where pod and node share an address.
          ...(context.onFargate(namespace) ? { securePort: 10260 } : {}),
        },
        cainjector: available("cainjector"),
      },
      dependsOn: context.dependsOn,
    });
    const manifests = issuerManifests(options.issuers, {
      namespace,
      region: context.aws.region,
      domains: context.domains,
      zoneId: context.zoneId,
    });
    if (manifests.length > 0) {
      new CustomResources(scope, "cert-manager-issuers", {
        releaseName: "cert-manager-issuers",
        namespace,
        manifests,
        // Its webhook judges them.
        dependsOn: [...context.dependsOn, release.ready],
      });
    }
    return { ready: release.ready };
  },
});
