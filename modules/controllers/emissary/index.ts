import { Eip } from "@cdktf/provider-aws/lib/eip";
import { z } from "zod";
import { tlsOptions } from "../../certificates/choice";
import { hsts } from "../../certificates/hsts";
import { CustomResources } from "../../kubernetes/custom-resources";
import { components } from "../../lifecycle/components";
import { defaultDrainSeconds } from "../../load-balancer/drain";
import { prefixLists } from "../../load-balancer/networks-schema";
import { nlbAnnotations, nlbClass } from "../../load-balancer/service";
import { subnetsOf } from "../../load-balancer/subnets";
import { described } from "../../schema/descriptions";
import { annotations, cidr, dnsLabel, reason } from "../../schema/primitives";
import { limits, requests } from "../../schema/resources";
import { minimumReplicas, spreadOverZones } from "../availability";
import { defineController } from "../controller";
import { drained } from "../drained";
import { ControllerRelease } from "../release";
import { behindTls, clearTextPort, terminatedPort } from "./listeners";
import { roleGuard, roleGuardSuffix } from "./role-guard";
import { externalAuthSchema, rateLimitSchema } from "./services-schema";

const address = z.discriminatedUnion("kind", [
  described(
    "One Elastic IP a public subnet: addresses that stay, for firewalls and DNS of others.",
    z.strictObject({ kind: z.literal("elastic-ips") }),
  ),
  described("Addresses that AWS chooses and may change.", z.strictObject({ kind: z.literal("assigned-by-aws") })),
]);

const schema = z.strictObject({
  releaseName: described("Names the Services: `<name>` and `<name>-admin`.", dnsLabel.default("ambassador")),
  namespace: described("Namespace of its pods.", dnsLabel.default("emissary")),
  replicas: described("Pods, 2 or more.", z.number().int().min(minimumReplicas).default(3)),
  exposure: described(
    "Who can reach its load balancer.",
    z
      .discriminatedUnion("kind", [
        described("The VPC alone.", z.strictObject({ kind: z.literal("internal") })),
        described(
          "The internet.",
          z.strictObject({
            kind: z.literal("internet-facing"),
            address: described("Where its addresses come from.", address.prefault({ kind: "assigned-by-aws" })),
          }),
        ),
      ])
      .prefault({ kind: "internal" }),
  ),
  ...tlsOptions(
    "With it its load balancer terminates TLS on 443, and Emissary redirects what comes by HTTP; without it, HTTP on 80.",
  ),
  hsts: hsts.optional(),
  inboundCidrs: described(
    "Networks that may connect. Default: every one that can reach the load balancer.",
    z.array(cidr).default([]),
  ),
  inboundLists: prefixLists,
  externalAuth: externalAuthSchema.optional(),
  rateLimit: rateLimitSchema.optional(),
  adminService: described(
    "Service of the admin port 8877, never a load balancer. Whoever reaches it reads Emissary's whole configuration.",
    z
      .discriminatedUnion("kind", [
        described("Inside the cluster alone.", z.strictObject({ kind: z.literal("ClusterIP") })),
        described("A port of every node as well.", z.strictObject({ kind: z.literal("NodePort"), reason })),
      ])
      .prefault({ kind: "ClusterIP" }),
  ),
  resources: described(
    "CPU and memory of each pod.",
    z.strictObject({ requests: requests("200m", "300Mi"), limits: limits("1", "600Mi") }).prefault({}),
  ),
  podAnnotations: described("Annotations of its pods.", annotations.default({})),
});

export type EmissaryOptions = z.output<typeof schema>;

/** Emissary-ingress, once called Ambassador: an Envoy that reads Mappings. */
export const emissary = defineController({
  description: "Emissary-ingress, once called Ambassador: an Envoy that reads Mappings.",
  schema,
  components: () => ["emissaryCrds", "emissary"],
  namespace: (options) => options.namespace,
  after: ["awsLoadBalancerController"],
  balancer: ({ exposure, ...tls }) => ({
    tls,
    exposure: exposure.kind,
    elasticIps: exposure.kind === "internet-facing" && exposure.address.kind === "elastic-ips",
    option: { value: exposure, internal: { kind: "internal" } },
  }),
  install(scope, options, context) {
    const { exposure } = options;
    const addresses =
      exposure.kind === "internet-facing" && exposure.address.kind === "elastic-ips"
        ? context.network.publicSubnetIds.map(
            (_, index) =>
              new Eip(scope, `emissary-address-${index}`, {
                domain: "vpc",
                tags: { Name: `${context.environment}-${options.releaseName}-${index}` },
              }),
          )
        : undefined;
    const crds = new ControllerRelease(scope, "emissary-crds", {
      component: components.emissaryCrds,
      releaseName: `${options.releaseName}-crds`,
      namespace: options.namespace,
      chartMirror: context.chartMirror,
      values: { emissary: { namespace: options.namespace } },
      dependsOn: context.dependsOn,
    });
    const guard = `${options.releaseName}${roleGuardSuffix}`;
    const guarded = new CustomResources(scope, "emissary-role-guard", {
      releaseName: guard,
      namespace: options.namespace,
      manifests: roleGuard(guard, options.releaseName),
      dependsOn: context.dependsOn,
    });
    const certificateArn = context.certificateArn(options);
    const listening =
      certificateArn === undefined
        ? []
        : [
            new CustomResources(scope, "emissary-listeners", {
              releaseName: `${options.releaseName}-listeners`,
              namespace: options.namespace,
              manifests: behindTls(options.releaseName, options.namespace),
              dependsOn: [...context.dependsOn, crds.ready],
            }).ready,
          ];
    const release = new ControllerRelease(scope, "emissary", {
      component: components.emissary,
      releaseName: options.releaseName,
      namespace: options.namespace,
      chartMirror: context.chartMirror,
      values: {
        fullnameOverride: options.releaseName,
        replicaCount: options.replicas,
        service: {
          type: "LoadBalancer",
          ports: [
            { name: "http", port: 80, targetPort: clearTextPort },
            ...(certificateArn === undefined ? [] : [{ name: "https", port: 443, targetPort: terminatedPort }]),
          ],
          loadBalancerClass: nlbClass,
          ...(options.inboundCidrs.length === 0 ? {} : { loadBalancerSourceRanges: options.inboundCidrs }),
          annotations: nlbAnnotations({
            exposure: exposure.kind,
            prefixLists: options.inboundLists,
            balancers: context.balancers,
            tls: certificateArn === undefined ? undefined : { certificateArn, ports: [443] },
            subnetIds: subnetsOf(exposure.kind, context.network),
            drainSeconds: defaultDrainSeconds,
            ...(addresses === undefined ? {} : { eipAllocationIds: addresses.map((eip) => eip.allocationId) }),
          }),
        },
        adminService: { create: true, type: options.adminService.kind, port: 8877 },
        // Without a Listener nothing is served.
        createDefaultListeners: certificateArn === undefined,
        podDisruptionBudget: { minAvailable: 1 },
        topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/instance": options.releaseName }),
        resources: options.resources,
        podAnnotations: options.podAnnotations,
        ...drained,
      },
      dependsOn: [...context.dependsOn, crds.ready, guarded.ready, ...listening],
    });
    return {
      ready: release.ready,
      ...(addresses === undefined ? {} : { addresses: addresses.map((eip) => eip.publicIp) }),
    };
  },
});
