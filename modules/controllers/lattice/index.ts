import { z } from "zod";
import type { GatewayClass } from "../../../.gen/gateway.networking.k8s.io/v1/gateway-class";
import { credentialsAnnotation, roleAnnotations } from "../../identity/credentials";
import { CustomResources } from "../../kubernetes/custom-resources";
import { components } from "../../lifecycle/components";
import { described } from "../../schema/descriptions";
import { dnsLabel, port } from "../../schema/primitives";
import { minimumReplicas, spreadOverZones } from "../availability";
import { defineController } from "../controller";
import { CrdRelease } from "../crd-release";
import { ControllerRelease } from "../release";
import { latticeAuthorization } from "./callers-schema";
import { latticeCrds } from "./crds";
import { ServiceNetwork } from "./network";
import { latticeControllerPolicy } from "./policy";

const namespace = "aws-application-networking-system";
const serviceAccount = "gateway-api-controller";
const releaseName = "gateway-api-controller";

/** Class of Gateways that stand for a service network of VPC Lattice. */
export const latticeGatewayClass = "amazon-vpc-lattice";

const gatewayClass: GatewayClass = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "GatewayClass",
  metadata: { name: latticeGatewayClass },
  spec: { controllerName: "application-networking.k8s.aws/gateway-api-controller" },
};

/** AWS Gateway API Controller: makes VPC Lattice's services from HTTPRoutes. Comes with `mesh`. */
export const lattice = defineController({
  description: "AWS Gateway API Controller: makes VPC Lattice's services from HTTPRoutes.",
  broughtBy: "mesh.kind",
  schema: z.strictObject({
    serviceNetwork: described("Name of the service network, which is that of the mesh.", dnsLabel),
    ports: described("Ports at which Lattice reaches pods.", z.array(port)),
    authorization: latticeAuthorization,
    replicas: described("Pods, 2 or more.", z.number().int().min(minimumReplicas).default(2)),
    logLevel: described("How much it logs.", z.enum(["info", "debug"]).default("info")),
  }),
  components: () => ["latticeController"],
  namespace: () => namespace,
  after: ["gatewayApiCrds"],
  identity: (_options, context) => ({
    namespace,
    serviceAccount,
    roleName: "VPCLatticeControllerIAMRole",
    policyName: "VPCLatticeControllerIAMPolicy",
    policy: latticeControllerPolicy(context),
  }),
  install(scope, options, context) {
    const network = new ServiceNetwork(scope, "lattice-network", {
      name: options.serviceNetwork,
      authType: options.authorization.kind,
      accountId: context.aws.accountId,
      region: context.aws.region,
      vpcId: context.network.vpcId,
      securityGroupId: context.cluster.securityGroupId,
      ports: options.ports,
    });
    const crds = new CrdRelease(scope, "lattice-crds", {
      chart: latticeCrds,
      namespace,
      dependsOn: context.dependsOn,
    });
    const release = new ControllerRelease(scope, "lattice", {
      crdsApart: true,
      component: components.latticeController,
      releaseName,
      namespace,
      chartMirror: context.chartMirror,
      values: {
        clusterName: context.cluster.name,
        clusterVpcId: context.network.vpcId,
        awsRegion: context.aws.region,
        awsAccountId: context.aws.accountId,
        deployment: {
          replicas: options.replicas,
          annotations: credentialsAnnotation(context.roleArn),
          topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/instance": releaseName }),
        },
        pdb: { enabled: true, maxUnavailable: 1 },
        log: { level: options.logLevel },
        serviceAccount: {
          create: true,
          name: serviceAccount,
          ...roleAnnotations(context.roleArn),
        },
        // It would only serve readiness gates for namespaces that ask for them.
        webhookEnabled: false,
      },
      dependsOn: [...context.dependsOn, crds.ready],
    });
    const gatewayClasses = new CustomResources(scope, "lattice-gateway-class", {
      releaseName: "lattice-gateway-class",
      namespace,
      manifests: [gatewayClass],
      dependsOn: [...context.dependsOn, release.ready, ...network.ready],
    });
    return { ready: gatewayClasses.ready };
  },
});
