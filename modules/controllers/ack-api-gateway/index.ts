import { z } from "zod";
import { credentialsAnnotation, roleAnnotations } from "../../identity/credentials";
import { components } from "../../lifecycle/components";
import { described } from "../../schema/descriptions";
import { minimumReplicas } from "../availability";
import { defineController } from "../controller";
import { CrdRelease } from "../crd-release";
import { ControllerRelease } from "../release";
import { ackApiGatewayCrds } from "./crds";
import { ackApiGatewayPolicy } from "./policy";

const namespace = "ack-system";
const serviceAccount = "ack-apigatewayv2-controller";
const releaseName = "ack-apigatewayv2-controller";

/** Keeps replicas apart where it can; the chart knows no topology spread. */
const apart = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map(
      (topologyKey) => ({
        weight: 50,
        podAffinityTerm: { topologyKey, labelSelector: { matchLabels: { "app.kubernetes.io/instance": releaseName } } },
      }),
    ),
  },
};

/** AWS Controllers for Kubernetes: makes HTTP APIs of API Gateway from resources of the cluster. */
export const ackApiGateway = defineController({
  description: "AWS Controllers for Kubernetes: makes HTTP APIs of API Gateway from resources of the cluster.",
  schema: z.strictObject({
    replicas: described(
      "Pods, of which one works and the others wait, 2 or more.",
      z.number().int().min(minimumReplicas).default(2),
    ),
    logLevel: described("How much it logs.", z.enum(["info", "debug"]).default("info")),
  }),
  components: () => ["ackApiGatewayV2"],
  namespace: () => namespace,
  after: [],
  identity: (_options, context) => ({
    namespace,
    serviceAccount,
    roleName: "ACKAPIGatewayV2Role",
    policyName: "ACKAPIGatewayV2IAMPolicy",
    policy: ackApiGatewayPolicy(context),
  }),
  install(scope, options, context) {
    const crds = new CrdRelease(scope, "ack-api-gateway-crds", {
      chart: ackApiGatewayCrds,
      namespace,
      dependsOn: context.dependsOn,
    });
    const release = new ControllerRelease(scope, "ack-api-gateway", {
      crdsApart: true,
      component: components.ackApiGatewayV2,
      releaseName,
      namespace,
      chartMirror: context.chartMirror,
      values: {
        aws: { region: context.aws.region },
        deployment: {
          replicas: options.replicas,
          affinity: apart,
          annotations: credentialsAnnotation(context.roleArn),
        },
        leaderElection: { enabled: true, namespace },
        log: { level: options.logLevel },
        // Deleting a resource deletes what it stands for, so that a destroy leaves nothing.
        deletionPolicy: "delete",
        // What it makes is in its own account; rights to assume roles in others are not asked for.
        enableCARM: false,
        // A route's resources are all in one namespace.
        enableCrossNamespace: false,
        serviceAccount: {
          create: true,
          name: serviceAccount,
          annotations: roleAnnotations(context.roleArn),
        },
      },
      dependsOn: [...context.dependsOn, crds.ready],
    });
    return { ready: release.ready };
  },
});
