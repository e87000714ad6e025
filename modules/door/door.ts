import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { z } from "zod";
import type { Partition } from "../aws/schema";
import type { Presented } from "../certificates/certificates";
import type { NamedCertificate } from "../certificates/choice";
import type { CertificateArn } from "../certificates/issued";
import type { Hosts } from "../dns/hosts";
import type { CertificateUse, WebAclUse } from "../load-balancer/arns";
import type { BalancerSettings } from "../load-balancer/attributes";
import type { NameInAws } from "../schema/name-in-aws";
import type { Problem } from "../schema/problem";
import type { RouteOwner, RouteTarget } from "../workloads/route-target";

/** What every door may know of where it is made. */
export interface DoorContext {
  /** Name of the environment; prefixes names in AWS. */
  readonly environmentName: string;
  readonly aws: DoorPlace;
  readonly network: {
    readonly vpcId: string;
    readonly vpcCidr: string;
    /** Ids of the public subnets, one a zone. */
    readonly publicSubnetIds: readonly string[];
    /** Ids of the private subnets, one a zone. */
    readonly privateSubnetIds: readonly string[];
    /** The same as one reference to a list. */
    readonly allPrivateSubnetIds: string[];
  };
  /** ARN of the certificate that a door presents. */
  readonly certificateArn: CertificateArn;
  /** ARN of the web ACL that a door has in front. */
  readonly webAclArn: (
    choice: { readonly webAcl?: string | undefined; readonly webAclArn?: string | undefined },
    place?: Presented,
  ) => string | undefined;
  /** What every load balancer of the environment has. */
  readonly balancers: BalancerSettings;
  /** Trust store of a load balancer, by its name in the environment. */
  readonly trustStoreArn: (name: string) => string;
  /** The bundle of one, as API Gateway reads it. */
  readonly trustBundle: (name: string) => { readonly uri: string; readonly version: string };
  /** Records of hosts, and the load balancers these lead to. */
  readonly hosts: Hosts;
  /** What an object in a namespace waits for. */
  readonly namespace: (name: string) => readonly ITerraformDependable[];
  /** Every workload, as routes lead to it, by name. */
  readonly targets: ReadonlyMap<string, RouteTarget>;
  /** Id of the zone of one of the environment's domains. */
  readonly zoneId: (domain: string) => string;
  /** ARN of one of the environment's IAM users. */
  readonly userArn: (user: string) => string;
}

/** What a door's routes are made with: the context, what the door reads of the environment, and what it shares. */
export interface RouteContext<Declared = unknown, Shared = unknown> extends DoorContext {
  readonly environment: Declared;
  readonly shared: Shared;
}

/** Kinds of the objects that carry routes. */
export type ObjectKind = "API" | "HTTPRoute" | "Ingress" | "Mapping" | "Service" | "TCPRoute";

/** What can be said of a route before anything is made; rules, stacks and summaries read it. */
export interface DoorFacts {
  /** The object that carries the route, in the workload's namespace; undefined where it has none in Kubernetes. */
  readonly object: { readonly kind: ObjectKind; readonly name: string } | undefined;
  /**
   * What a route without a name is called beside others of its door, where no object in Kubernetes tells them apart.
   * Default: nothing, and so there is one of them.
   */
  readonly label?: string;
  /** Host the route answers for; `*` for every one. Undefined where the door knows no hosts. */
  readonly host: string | undefined;
  /** Path prefix; undefined where the door knows no paths. */
  readonly path: string | undefined;
  readonly exposure: "internal" | "internet-facing";
  /** Routes of one `entrance` share host and path space: two with the same host and path clash. */
  readonly entrance: string;
  /** What of a call, beside host and path, tells the route from another there. Default: nothing. */
  readonly toldApartBy?: string;
  /** Zones in which the route's own load balancer needs a subnet. Default: 0, it has none of its own. */
  readonly subnets?: number;
  /** Whether a load balancer sends straight to the pods. Default: false, something of the cluster stands between. */
  readonly podsAreTargets?: boolean;
  /** Whether callers' TLS ends at this door. Default: false, it takes clear text or hands TLS on. */
  readonly terminatesTls?: boolean;
  /** Whether callers' TLS goes through this door and ends in the pods. Default: false. */
  readonly handsTlsOn?: boolean;
  /** Why the door takes clear text. Default: nobody says. */
  readonly plainHttp?: { readonly reason: string };
  /** Certificates by ARN. Default: none. */
  readonly certificates?: readonly CertificateUse[];
  /** Certificates of the environment, by name. Default: none. */
  readonly namedCertificates?: readonly NamedCertificate[];
  /** Where those are presented. Default: in the environment's region. */
  readonly presented?: Presented;
  /** One of the environment's `webAcls`, by name; it stands where certificates are presented. Default: none. */
  readonly webAcl?: string | undefined;
  /** Web ACLs by ARN. Default: none. */
  readonly webAcls?: readonly WebAclUse[];
}

/** Where in AWS a route is. */
export interface DoorPlace {
  readonly region: string;
  readonly partition: Partition;
}

/** What a door says once a route is made. */
export interface MadeDoor {
  /** How the route is reached: `<host><path>` or `<host>:<port>`; the host of a load balancer is a Terraform reference. */
  readonly address: string;
}

/** A way from outside to a workload. One folder each; `platform/doors.ts` lists them. */
export interface Door<
  Schema extends z.ZodType,
  Declared = unknown,
  Shared = undefined,
  Controllers extends string = string,
> {
  readonly schema: Schema;
  /** Controllers the door does not work without. */
  readonly controllers: readonly Controllers[];
  /**
   * What golden environments show of the door: routes of a workload of its own, and what else of the environment these
   * name. Nothing else has to be written for the tests that go through every environment.
   */
  readonly example: {
    readonly routes: readonly z.input<Schema>[];
    readonly environment?: Readonly<Record<string, object>>;
  };
  readonly facts: (route: z.output<Schema>, owner: RouteOwner) => DoorFacts;
  /** What cannot work about a route and its schema alone cannot see; paths are relative to the route. Default: nothing. */
  readonly problems?: (route: z.output<Schema>, owner: RouteOwner, place: DoorPlace) => readonly Problem[];
  /** Names that a route of its own gives in AWS. Default: none; what an API of the environment gives, that says itself. */
  readonly namesInAws?: (
    route: z.output<Schema>,
    backend: { readonly name: string; readonly port: number },
    environmentName: string,
  ) => readonly Omit<NameInAws, "path">[];
  /**
   * Lowest version of the AWS provider that has what an environment's routes through the door are made of; undefined
   * where the project's own floor does. Default: it always does.
   */
  readonly awsProvider?: (environment: Declared) => string | undefined;
  /** Makes what all routes through the door share, once an environment, whether there are routes or not. */
  readonly share?: (scope: Construct, environment: Declared, context: DoorContext) => Shared;
  /** Makes the objects of one route, in a scope of the route's own. */
  readonly make: (
    scope: Construct,
    route: z.output<Schema>,
    target: RouteTarget,
    context: RouteContext<Declared, Shared>,
  ) => MadeDoor;
}

/** Lets the compiler infer a door's options from its schema. */
export function defineDoor<
  Schema extends z.ZodType,
  const Controllers extends string,
  Declared = unknown,
  Shared = undefined,
>(door: Door<Schema, Declared, Shared, Controllers>): Door<Schema, Declared, Shared, Controllers> {
  return door;
}
