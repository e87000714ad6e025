import { z } from "zod";
import { credentialsAnnotation, roleAnnotations } from "../../identity/credentials";
import { components } from "../../lifecycle/components";
import { images } from "../../lifecycle/images";
import { described } from "../../schema/descriptions";
import { dnsLabel } from "../../schema/primitives";
import { minimumReplicas } from "../availability";
import { defineController } from "../controller";
import { CrdRelease } from "../crd-release";
import { ControllerRelease } from "../release";
import { appMeshCrds } from "./crds";
import { appMeshControllerPolicy } from "./policy";

const namespace = "appmesh-system";
const name = "appmesh-controller";

/** Keeps replicas apart where it can; the chart knows no topology spread. */
const apart = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map(
      (topologyKey) => ({
        weight: 50,
        podAffinityTerm: { topologyKey, labelSelector: { matchLabels: { "control-plane": name } } },
      }),
    ),
  },
};

/** Makes App Mesh's resources from those of the cluster, and puts an Envoy into the pods of a mesh. Comes with `mesh`. */
export const appMesh = defineController({
  description: "Makes App Mesh's resources from those of the cluster, and puts an Envoy into the pods of a mesh.",
  broughtBy: "mesh.kind",
  schema: z.strictObject({
    mesh: described("The one mesh it may touch.", dnsLabel),
    replicas: described("Pods, 2 or more.", z.number().int().min(minimumReplicas).default(2)),
    logLevel: described("How much it logs.", z.enum(["info", "debug"]).default("info")),
  }),
  components: () => ["appMesh"],
  namespace: () => namespace,
  after: ["certManager"],
  identity: (options, context) => ({
    namespace,
    serviceAccount: name,
    roleName: "AppMeshControllerRole",
    policyName: "AppMeshControllerIAMPolicy",
    policy: appMeshControllerPolicy(options.mesh, context),
  }),
  install(scope, options, context) {
    const crds = new CrdRelease(scope, "app-mesh-crds", {
      chart: appMeshCrds,
      namespace,
      dependsOn: context.dependsOn,
    });
    const release = new ControllerRelease(scope, "app-mesh", {
      crdsApart: true,
      component: components.appMesh,
      releaseName: name,
      namespace,
      chartMirror: context.chartMirror,
      values: {
        clusterName: context.cluster.name,
        // Neither Fargate nor a node with one metadata hop can be asked for these.
        region: context.aws.region,
        accountId: context.aws.accountId,
        replicaCount: options.replicas,
        podDisruptionBudget: { maxUnavailable: 1 },
        affinity: apart,
        podAnnotations: credentialsAnnotation(context.roleArn),
        log: { level: options.logLevel },
        serviceAccount: {
          create: true,
          name,
          annotations: roleAnnotations(context.roleArn),
        },
        // Without it every upgrade of the release makes a new certificate authority.
        enableCertManager: context.has("certManager"),
        sidecar: {
          image: images.appMeshEnvoy,
          // The chart's 10m and 32Mi are less than Envoy starts with.
          resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { cpu: "", memory: "256Mi" } },
        },
      },
      dependsOn: [...context.dependsOn, crds.ready],
    });
    return { ready: release.ready };
  },
});
