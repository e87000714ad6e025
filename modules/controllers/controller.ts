import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { z } from "zod";
import type { Partition } from "../aws/schema";
import type { PolicyDocument } from "../identity/policy";
import type { ComponentName } from "../lifecycle/components";

/** What a controller may know of where it is installed. */
export interface ControllerContext {
  /** Name of the environment; prefixes names in AWS. */
  readonly environment: string;
  readonly aws: { readonly region: string; readonly accountId: string; readonly partition: Partition };
  readonly cluster: {
    readonly name: string;
    /** Security group that EKS makes for control plane, nodes and Fargate pods. */
    readonly securityGroupId: string;
  };
  readonly network: {
    readonly vpcId: string;
    /** How many public subnets there are, known before anything is made. */
    readonly publicSubnetCount: number;
    /** Ids of the public subnets, one a zone. */
    readonly publicSubnetIds: readonly string[];
  };
  /** Domain names of the environment's Route 53 zones. */
  readonly domains: readonly string[];
  /** Chart repository that replaces every chart's own. */
  readonly chartMirror: string | undefined;
  /** Whether pods of a namespace run on Fargate. */
  readonly onFargate: (namespace: string) => boolean;
  /** Whether the environment has this controller. */
  readonly has: (controller: string) => boolean;
  /** ARN of the IRSA role of this controller; undefined where Pod Identity or no role serves it. */
  readonly roleArn: string | undefined;
  /** What must be there first. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** AWS permissions a controller's pods need, and the service account that carries them. */
export interface IdentityRequest {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Name of the role in AWS, behind the environment's prefix. */
  readonly roleName: string;
  /** Name of the policy in AWS, behind the environment's prefix. */
  readonly policyName: string;
  readonly policy: PolicyDocument;
}

/** What the installation of a controller hands on. */
export interface Installed {
  /** What a later release waits for. */
  readonly ready: ITerraformDependable;
  /** Fixed addresses that traffic comes in by, if the controller has any. */
  readonly addresses?: readonly string[];
}

/** Where an identity lives: what it may depend on before the cluster exists. */
export interface IdentityContext {
  readonly partition: Partition;
  readonly region: string;
  readonly accountId: string;
  readonly clusterName: string;
  /** Domain names of the environment's Route 53 zones. */
  readonly domains: readonly string[];
  /** Id of the zone of one of these. */
  readonly zoneId: (domain: string) => string;
}

/**
 * Something installed with Helm that watches the cluster. One folder each; `registry.ts` lists them.
 */
export interface Controller<Schema extends z.ZodType> {
  /** Options in the environment file; the controller is installed where its key is present. */
  readonly schema: Schema;
  /** Lifecycle rows of everything this controller installs. */
  readonly components: (options: z.output<Schema>) => readonly ComponentName[];
  /** Namespace its pods run in. */
  readonly namespace: (options: z.output<Schema>) => string;
  /** Controllers that must be ready before, where the environment has them. */
  readonly after: readonly string[];
  /** AWS permissions; undefined where it needs none. */
  readonly identity: (options: z.output<Schema>, context: IdentityContext) => IdentityRequest | undefined;
  readonly install: (scope: Construct, options: z.output<Schema>, context: ControllerContext) => Installed;
}

/** Lets the compiler infer a controller's options from its schema. */
export function defineController<Schema extends z.ZodType>(controller: Controller<Schema>): Controller<Schema> {
  return controller;
}
