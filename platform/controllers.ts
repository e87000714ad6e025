import { z } from "zod";
import { ackApiGateway } from "../modules/controllers/ack-api-gateway";
import { appMesh } from "../modules/controllers/app-mesh";
import { awsLoadBalancerController } from "../modules/controllers/aws-load-balancer-controller";
import { certManager } from "../modules/controllers/cert-manager";
import type { Controller } from "../modules/controllers/controller";
import { emissary } from "../modules/controllers/emissary";
import { externalDns } from "../modules/controllers/external-dns";
import { externalSecrets } from "../modules/controllers/external-secrets";
import { gatewayApiCrds } from "../modules/controllers/gateway-api-crds";
import { kube2iam } from "../modules/controllers/kube2iam";
import { lattice } from "../modules/controllers/lattice";
import { nginx } from "../modules/controllers/nginx";
import { described, wordsOf } from "../modules/schema/descriptions";

/** Every controller an environment can have. A new one is a folder and a line here. */
export const controllers = {
  certManager,
  gatewayApiCrds,
  awsLoadBalancerController,
  kube2iam,
  externalDns,
  externalSecrets,
  emissary,
  nginx,
  ackApiGateway,
  appMesh,
  lattice,
};

type Controllers = typeof controllers;

export type ControllerName = keyof Controllers;
export type ControllerOptions = { readonly [Name in ControllerName]: z.output<Controllers[Name]["schema"]> };

/** Controllers of an environment: present where their key is. */
export type ChosenControllers = { readonly [Name in ControllerName]?: ControllerOptions[Name] | undefined };

/** The list by name, with options and controller of one name held together for the compiler. */
export const controllerTable: {
  readonly [Name in ControllerName]: Controller<z.ZodType<ControllerOptions[Name]>, ControllerName>;
} = controllers;

export const controllerNames = Object.keys(controllers) as ControllerName[];

/** Controllers with a key of their own under `controllers`; something else in the environment brings the others. */
type ListedName = {
  [Name in ControllerName]: Controllers[Name] extends { readonly broughtBy?: infer Field }
    ? [Exclude<Field, undefined>] extends [never]
      ? Name
      : never
    : never;
}[ControllerName];

const isListed = (name: ControllerName): name is ListedName => controllerTable[name].broughtBy === undefined;

function optional<Name extends ListedName>(name: Name): z.ZodOptional<Controllers[Name]["schema"]> {
  const { description, schema } = controllers[name];
  const more = wordsOf(schema).description;
  return described(
    `${description}${more === undefined ? "" : ` ${more}`} Default: not installed.`,
    z.optional<Controllers[Name]["schema"]>(schema),
  );
}

export const controllersSchema = described(
  "What is installed with Helm and watches the cluster; each is there where its key is.",
  z
    .strictObject(
      Object.fromEntries(controllerNames.filter(isListed).map((name) => [name, optional(name)])) as {
        [Name in ListedName]: z.ZodOptional<Controllers[Name]["schema"]>;
      },
    )
    .prefault({}),
);

/** Where an environment asks for a controller. */
export function controllerPath(name: ControllerName): string {
  return controllerTable[name].broughtBy ?? `controllers.${name}`;
}
