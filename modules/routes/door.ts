import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { z } from "zod";
import type { ControllerName } from "../../platform/controllers";
import type { ChosenControllers } from "../../platform/install-controllers";
import type { Hosts } from "../dns/hosts";
import type { Gateways } from "../gateway/gateways";
import type { Problem } from "../schema/problem";
import type { SharedHosts } from "./nginx/shared-hosts";

/** The workload a route belongs to, as far as it is known before anything is made. */
export interface RouteOwner {
  /** Name of the workload in the environment. */
  readonly name: string;
  readonly namespace: string;
}

/** The workload a route leads to, as far as a door needs to know it. */
export interface RouteTarget extends RouteOwner {
  readonly service: { readonly name: string; readonly port: number };
  /** Port the container listens on. */
  readonly containerPort: number;
  /** Labels that select the pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** Path and container port of the HTTP readiness probe, where there is one. */
  readonly healthCheck: { readonly path: string; readonly port: number } | undefined;
  /** Service (and whatever else) that must be there first. */
  readonly ready: ITerraformDependable;
}

/** What a door may know of the environment. */
export interface DoorContext {
  readonly environment: string;
  readonly network: {
    readonly vpcId: string;
    readonly vpcCidr: string;
    readonly publicSubnetCount: number;
    /** Ids of the private subnets, one a zone. */
    readonly privateSubnetIds: readonly string[];
  };
  /** Controllers of the environment, with their options. */
  readonly controllers: ChosenControllers;
  /** Address of the stage of one of the environment's `apis`, without a slash at the end. */
  readonly apiAddress: (api: string) => string;
  /** Records of hosts, and the load balancers these lead to. */
  readonly hosts: Hosts;
  /** Hosts that several routes through nginx share. */
  readonly sharedNginxHosts: SharedHosts;
  /** The environment's `gateways`. */
  readonly gateways: Gateways;
}

/** Kinds of the objects that carry routes. */
export type ObjectKind = "API" | "HTTPRoute" | "Ingress" | "Mapping" | "Service" | "TCPRoute";

/** What can be said of a door before anything is made; rules and summaries read it. */
export interface DoorFacts {
  /** The object that carries the route, in the workload's namespace; undefined where it has none in Kubernetes. */
  readonly object: { readonly kind: ObjectKind; readonly name: string } | undefined;
  /** Host the route answers for; `*` for every one. Undefined where the door knows no hosts. */
  readonly host: string | undefined;
  /** Path prefix; undefined where the door knows no paths. */
  readonly path: string | undefined;
  readonly exposure: "internal" | "internet-facing";
  /** Routes of one `entrance` share host and path space: two with the same host and path clash. */
  readonly entrance: string;
}

/** What a door tells once it is made. */
export interface MadeDoor {
  /** How the route is reached: `<host><path>` or `<host>:<port>`; the host of a load balancer is a Terraform reference. */
  readonly address: string;
}

/** A way from outside to a workload. One folder each; `registry.ts` lists them. */
export interface Door<Schema extends z.ZodType> {
  readonly schema: Schema;
  /** Controllers the door does not work without. */
  readonly controllers: readonly ControllerName[];
  readonly facts: (route: z.output<Schema>, owner: RouteOwner) => DoorFacts;
  /** What cannot work about a route and its schema alone cannot see; paths are relative to the route. */
  readonly problems: (
    route: z.output<Schema>,
    owner: RouteOwner,
    aws: { readonly region: string },
  ) => readonly Problem[];
  /** Makes the objects of one route, in a scope of the route's own. */
  readonly make: (scope: Construct, route: z.output<Schema>, target: RouteTarget, context: DoorContext) => MadeDoor;
}

/** Lets the compiler infer a door's options from its schema. */
export function defineDoor<Schema extends z.ZodType>(door: Door<Schema>): Door<Schema> {
  return door;
}
