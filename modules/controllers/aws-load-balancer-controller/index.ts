import { z } from "zod";
import { credentialsAnnotation, roleAnnotations } from "../../identity/credentials";
import { components } from "../../lifecycle/components";
import { described } from "../../schema/descriptions";
import { minimumReplicas, spreadOverZones } from "../availability";
import { defineController } from "../controller";
import { CrdRelease } from "../crd-release";
import { ControllerRelease } from "../release";
import { awsLoadBalancerControllerCrds } from "./crds";
import { loadBalancerControllerPolicy } from "./policy";

const namespace = "kube-system";
const serviceAccount = "aws-load-balancer-controller";

/** Service account of its pods. */
export const loadBalancerControllerAccount = { name: serviceAccount, namespace } as const;

/** Makes ALBs from Ingresses, NLBs from Services, and fills target groups with pods. */
export const awsLoadBalancerController = defineController({
  description: "Makes ALBs from Ingresses, NLBs from Services, and fills target groups with pods.",
  schema: z.strictObject({
    replicas: described("Pods, 2 or more.", z.number().int().min(minimumReplicas).default(2)),
    logLevel: described("How much it logs.", z.enum(["info", "debug"]).default("info")),
  }),
  components: () => ["awsLoadBalancerController"],
  namespace: () => namespace,
  after: ["certManager", "gatewayApiCrds"],
  identity: (_options, context) => ({
    namespace,
    serviceAccount,
    roleName: "AmazonEKSLoadBalancerControllerRole",
    policyName: "AWSLoadBalancerControllerIAMPolicy",
    policy: loadBalancerControllerPolicy(context.partition),
  }),
  install(scope, options, context) {
    const withCertManager = context.has("certManager");
    const crds = new CrdRelease(scope, "aws-load-balancer-controller-crds", {
      chart: awsLoadBalancerControllerCrds,
      namespace,
      dependsOn: context.dependsOn,
    });
    const release = new ControllerRelease(scope, "aws-load-balancer-controller", {
      crdsApart: true,
      component: components.awsLoadBalancerController,
      releaseName: "aws-load-balancer-controller",
      namespace,
      chartMirror: context.chartMirror,
      values: {
        clusterName: context.cluster.name,
        // Neither Fargate nor a node with one metadata hop can be asked for these.
        region: context.aws.region,
        vpcId: context.network.vpcId,
        replicaCount: options.replicas,
        logLevel: options.logLevel,
        podDisruptionBudget: { maxUnavailable: 1 },
        topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "aws-load-balancer-controller" }),
        serviceAccount: {
          create: true,
          name: serviceAccount,
          ...roleAnnotations(context.roleArn),
        },
        defaultTargetType: "ip",
        // Without one of the two every render makes a new certificate authority, and every plan a difference.
        enableCertManager: withCertManager,
        keepTLSSecret: !withCertManager,
        // It would refuse every other chart's Service until its own pods are ready; our Services name their class.
        enableServiceMutatorWebhook: false,
        podAnnotations: {
          ...credentialsAnnotation(context.roleArn),
          // It looks for the Gateway API only when it starts, so pods that started without it are replaced.
          ...(context.has("gatewayApiCrds") ? { "gateway-api/version": components.gatewayApiCrds.version } : {}),
        },
        defaultTags: { Environment: context.environment },
      },
      dependsOn: [...context.dependsOn, crds.ready],
    });
    return { ready: release.ready };
  },
});
