import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { z } from "zod";
import type { Partition } from "../aws/schema";
import type { TlsChoice } from "../certificates/choice";
import type { CertificateArn } from "../certificates/issued";
import type { PolicyDocument } from "../identity/policy";
import type { ComponentName } from "../lifecycle/components";
import type { BalancerSettings } from "../load-balancer/attributes";
import type { PodSecurityStandard } from "../workloads/pod-security";

/** What a controller may know of where it is installed. */
export interface ControllerContext<Before extends string = string> {
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
    /** Ids of the public subnets, one a zone. */
    readonly publicSubnetIds: readonly string[];
    /** Ids of the private subnets, one a zone. */
    readonly privateSubnetIds: readonly string[];
  };
  /** Domain names of the environment's Route 53 zones. */
  readonly domains: readonly string[];
  /** What every load balancer of the environment has. */
  readonly balancers: BalancerSettings;
  /** Id of the zone of one of these. */
  readonly zoneId: (domain: string) => string;
  /** ARN of the certificate that a load balancer presents. */
  readonly certificateArn: CertificateArn;
  /** Chart repository that replaces every chart's own. */
  readonly chartMirror: string | undefined;
  /** Whether pods of a namespace run on Fargate. */
  readonly onFargate: (namespace: string) => boolean;
  /** Whether the environment has one of the controllers that come before this one. */
  readonly has: (controller: Before) => boolean;
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

/** A load balancer that stands before a controller, made by the AWS Load Balancer Controller from its Service. */
export interface ControllerBalancer {
  readonly exposure: "internal" | "internet-facing";
  /** Whether it has a fixed address, an Elastic IP, in each public subnet. */
  readonly elasticIps: boolean;
  /** How it proves who it is. */
  readonly tls: TlsChoice;
  /** What the option `exposure` holds, and what one writes there for an internal load balancer. */
  readonly option: { readonly value: unknown; readonly internal: unknown };
}

/** Something installed with Helm that watches the cluster. One folder each; `platform/controllers.ts` lists them. */
export interface Controller<Schema extends z.ZodType, Before extends string = string> {
  /** What it does, in one sentence; shown where an editor explains the option. */
  readonly description: string;
  /**
   * Options in the environment file; the controller is installed where its key is present. Golden environments have
   * what the schema gives as an example, each branch of a union in one of them.
   */
  readonly schema: Schema;
  /** Field that brings the controller, where it is no key under `controllers`. Default: a key of its own. */
  readonly broughtBy?: string;
  /** Lifecycle rows of everything this controller installs. */
  readonly components: (options: z.output<Schema>) => readonly ComponentName[];
  /** Namespace its pods run in. */
  readonly namespace: (options: z.output<Schema>) => string;
  /** Pod Security Standard that its pods pass, for its namespace. Default: `baseline`. */
  readonly podSecurity?: PodSecurityStandard;
  /** Controllers that must be ready before, where the environment has them. */
  readonly after: readonly Before[];
  /** Whether its pods need AWS permissions at all. Default: always, where it says which. */
  readonly needsRole?: (options: z.output<Schema>) => boolean;
  /** AWS permissions of its pods. Default: none. */
  readonly identity?: (options: z.output<Schema>, context: IdentityContext) => IdentityRequest;
  /** The load balancer that traffic comes in by. Default: none. */
  readonly balancer?: (options: z.output<Schema>) => ControllerBalancer;
  readonly install: (scope: Construct, options: z.output<Schema>, context: ControllerContext<Before>) => Installed;
}

/** Lets the compiler infer a controller's options from its schema, and the names that come before it. */
export function defineController<
  Schema extends z.ZodType,
  const Before extends string,
  const BroughtBy extends string | undefined = undefined,
>(
  controller: Controller<Schema, Before> & { readonly broughtBy?: BroughtBy },
): Controller<Schema, Before> & { readonly broughtBy?: BroughtBy } {
  return controller;
}
