import { z } from "zod";
import { ackApiGateway } from "../modules/controllers/ack-api-gateway";
import { appMesh } from "../modules/controllers/app-mesh";
import { awsLoadBalancerController } from "../modules/controllers/aws-load-balancer-controller";
import { certManager } from "../modules/controllers/cert-manager";
import type { Controller } from "../modules/controllers/controller";
import { emissary } from "../modules/controllers/emissary";
import { externalDns } from "../modules/controllers/external-dns";
import { gatewayApiCrds } from "../modules/controllers/gateway-api-crds";
import { kube2iam } from "../modules/controllers/kube2iam";
import { lattice } from "../modules/controllers/lattice";
import { nginx } from "../modules/controllers/nginx";

/** Every controller an environment can have. A new one is a folder and a line here. */
export const controllers = {
  certManager,
  gatewayApiCrds,
  awsLoadBalancerController,
  kube2iam,
  externalDns,
  emissary,
  nginx,
  ackApiGateway,
  appMesh,
  lattice,
};

/** Controllers that no one lists, and what in the environment brings them. */
const derivedControllers = { appMesh: "mesh.kind", lattice: "mesh.kind" } as const;

export const controllersSchema = z
  .strictObject({
    /** Issues and renews the TLS certificates that webhooks of other controllers serve. */
    certManager: certManager.schema.optional(),
    /** Kinds of the Gateway API, for routes of kind `gateway` and for VPC Lattice. */
    gatewayApiCrds: gatewayApiCrds.schema.optional(),
    /** Makes ALBs from Ingresses, NLBs from Services, and fills target groups with pods. */
    awsLoadBalancerController: awsLoadBalancerController.schema.optional(),
    /** Answers pods that ask the instance metadata for AWS credentials; Pod Identity is what EKS has for it now. */
    kube2iam: kube2iam.schema.optional(),
    /** Makes DNS records of the hosts whose routes ask for them. */
    externalDns: externalDns.schema.optional(),
    /** Emissary-ingress, once called Ambassador: an Envoy that reads Mappings. */
    emissary: emissary.schema.optional(),
    /** nginx as an ingress controller: the community's, which ended, or F5's. */
    nginx: nginx.schema.optional(),
    /** AWS Controllers for Kubernetes: makes HTTP APIs of API Gateway from resources of the cluster. */
    ackApiGateway: ackApiGateway.schema.optional(),
  } satisfies Record<Exclude<keyof typeof controllers, keyof typeof derivedControllers>, z.ZodType>)
  .prefault({});

export type ControllerName = keyof typeof controllers;
export type ControllerOptions = { readonly [Name in ControllerName]: z.output<(typeof controllers)[Name]["schema"]> };

/** The registry by name, with options and controller of one name held together for the compiler. */
export const controllerTable: { readonly [Name in ControllerName]: Controller<z.ZodType<ControllerOptions[Name]>> } =
  controllers;

export const controllerNames = Object.keys(controllers) as ControllerName[];

/** Where an environment asks for a controller. */
export function controllerPath(name: ControllerName): string {
  return name in derivedControllers
    ? derivedControllers[name as keyof typeof derivedControllers]
    : `controllers.${name}`;
}
