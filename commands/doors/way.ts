/** Kinds of doors: those of routes, those that a mesh has, and the API server of the cluster itself. */
export const wayKinds = [
  "alb",
  "nlb",
  "ambassador",
  "nginx",
  "gateway",
  "api-gateway",
  "ack-api-gateway",
  "cloudfront",
  "lattice",
  "app-mesh",
  "node-port",
  "load-balancer",
  "kubernetes-api",
] as const;
export type WayKind = (typeof wayKinds)[number];

/** Who can start a way, by where in the network they are. */
export type Origin =
  | { readonly kind: "internet" }
  /** Addresses, as CIDRs or as references to addresses made elsewhere. */
  | { readonly kind: "networks"; readonly cidrs: readonly string[] }
  | { readonly kind: "prefix-list"; readonly name: string }
  | { readonly kind: "security-group"; readonly id: string }
  /** The VPC, and whatever network is connected to it. */
  | { readonly kind: "vpc"; readonly cidr: string | undefined }
  /** VPC endpoints of a private API. */
  | { readonly kind: "vpc-endpoints"; readonly ids: readonly string[] };

export const stops = [
  "name",
  "record",
  "distribution",
  "api",
  "stage",
  "load-balancer",
  "listener",
  "authentication",
  "waf",
  "rule",
  "vpc-link",
  "target-group",
  "proxy",
  "service",
  "pod",
] as const;
/** What a hop is. */
export type Stop = (typeof stops)[number];

/** What lets a hop through, or does not. */
export interface Passage {
  readonly kind: "security-group" | "subnet-route" | "network-policy";
  readonly says: string;
  readonly lets: boolean;
  /** `<stack>: <address>` of the block that says so; undefined where a controller makes it. */
  readonly place?: string;
}

export interface Hop {
  readonly stop: Stop;
  /** What is there, in a line. */
  readonly says: string;
  /** `<stack>: <address>`; undefined where nothing of Terraform stands for it. */
  readonly place?: string;
  readonly passages: readonly Passage[];
}

/** Encryption from the caller to where it ends; one for each port that answers with more than a redirect. */
export interface Listening {
  readonly port: number;
  readonly tls: boolean;
  readonly policy?: string;
  readonly certificate?: string;
  /** No caller trusts the certificate, so that nobody can rely on the encryption. */
  readonly untrusted?: true;
  /** Everything that comes here is sent on to another port. */
  readonly redirectsTo?: number;
}

/** One way from a network to a workload. */
export interface Way {
  /** The same for one door however the rest of the environment changes. */
  readonly id: string;
  readonly kind: WayKind;
  /** Keys of the declared doors that this way may be; one of them has to be declared. */
  readonly declaredAs: readonly string[];
  readonly from: readonly Origin[];
  /** Principals that may call; undefined where everybody may. */
  readonly principals?: readonly string[];
  readonly listening: readonly Listening[];
  /** How callers show who they are; undefined where nobody is asked. */
  readonly authentication: string | undefined;
  /** Web ACL in front; undefined without one. */
  readonly waf: string | undefined;
  readonly hops: readonly Hop[];
  /** `<namespace>/<name>` of what it ends at, with its port; undefined where it ends at nothing. */
  readonly workload: string | undefined;
  readonly findings: readonly Finding[];
}

/** `error` stops a synth: the way leads nowhere, or nobody declared it. `warning` is weak, and may be meant. */
export type Severity = "error" | "warning";

/** A hole, by the name of its sort. */
export interface Finding {
  readonly hole: Hole;
  /** What is wrong, where and what to do, in a sentence or two. */
  readonly says: string;
  readonly place?: string;
}

/** Every sort of hole, and what it means. */
export const holes = {
  "no-controller": { severity: "error", means: "nothing installed serves this object" },
  "no-service": { severity: "error", means: "the rule leads to a Service that is not there" },
  "no-service-port": { severity: "error", means: "the rule leads to a port that the Service does not have" },
  "no-pods": { severity: "error", means: "the Service selects no pods" },
  "port-not-served": { severity: "error", means: "no container of the pods has the port" },
  "no-gateway": { severity: "error", means: "the route attaches to a Gateway or listener that is not there" },
  "namespace-not-admitted": { severity: "error", means: "the listener takes no routes of this namespace" },
  "no-listener": { severity: "error", means: "nothing listens for this way" },
  "no-targets": { severity: "error", means: "the load balancer has no targets" },
  "group-refuses": { severity: "error", means: "a security group does not let the hop through" },
  "no-subnet": { severity: "error", means: "the load balancer finds no subnet of its kind" },
  "no-internet-route": { severity: "error", means: "its subnets have no route from the internet" },
  "policy-refuses": { severity: "error", means: "a network policy does not let the hop through" },
  "no-integration": { severity: "error", means: "the API's route leads to no integration" },
  "no-vpc-link": { severity: "error", means: "the API has no way into the VPC" },
  "no-stage": { severity: "error", means: "the API has no stage that serves its routes" },
  "nobody-admitted": { severity: "error", means: "the API's policy lets nobody in" },
  "record-leads-nowhere": { severity: "error", means: "the record leads to something that is not there" },
  "domain-not-mapped": { severity: "error", means: "the custom domain leads to no stage" },
  "origin-unreachable": { severity: "error", means: "CloudFront does not reach its origin" },
  "mesh-leads-nowhere": { severity: "error", means: "the mesh's route leads to nothing" },
  "no-network-association": { severity: "error", means: "the service network serves no VPC" },
  "undeclared-way": { severity: "error", means: "a way in that no route declares" },
  "open-group": { severity: "error", means: "a security group is open to the whole internet" },
  "open-endpoint": { severity: "error", means: "the Kubernetes API server is open to the whole internet" },
  "public-private-subnet": { severity: "error", means: "a private subnet has a route from the internet" },
  "public-nodes": { severity: "error", means: "machines in a subnet get public addresses" },
  "origin-bypass": { severity: "error", means: "the origin behind CloudFront can be reached without it" },
  "clear-text": { severity: "warning", means: "the internet comes in without TLS" },
  "old-tls": { severity: "warning", means: "callers may use TLS older than 1.2" },
  "no-redirect": { severity: "warning", means: "HTTP is answered beside HTTPS instead of redirected" },
  "policy-admits-all": { severity: "warning", means: "a network policy lets every namespace in" },
  "policy-not-enforced": { severity: "warning", means: "network policies are there and nothing enforces them" },
  "anyone-may-call": { severity: "warning", means: "an API of the internet asks nobody who they are" },
  "admin-on-nodes": { severity: "warning", means: "an admin port is open on every node" },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly means: string }>>;
export type Hole = keyof typeof holes;

export const severityOf = (hole: Hole): Severity => holes[hole].severity;

/** All ways into one environment, and what stands open beside them. */
export interface Trace {
  readonly environment: string;
  readonly ways: readonly Way[];
  /** Holes that belong to no way. */
  readonly findings: readonly Finding[];
  /** What cannot be seen in the JSON, and why. */
  readonly unseen: readonly string[];
}

/** Every finding of a trace, with the way it belongs to. */
export function findingsOf(trace: Trace): readonly (Finding & { readonly way: string | undefined })[] {
  return [
    ...trace.ways.flatMap(({ id, findings }) => findings.map((finding) => ({ ...finding, way: id }))),
    ...trace.findings.map((finding) => ({ ...finding, way: undefined })),
  ];
}

export function isInternet(from: readonly Origin[]): boolean {
  return from.some(
    (origin) =>
      origin.kind === "internet" ||
      (origin.kind === "networks" && origin.cidrs.some((cidr) => cidr === "0.0.0.0/0" || cidr === "::/0")),
  );
}

/** Origins as a reader says them. */
export function saysOrigin(origin: Origin): string {
  switch (origin.kind) {
    case "internet":
      return "the internet";
    case "networks":
      return origin.cidrs.join(", ");
    case "prefix-list":
      return `prefix list ${origin.name}`;
    case "security-group":
      return `security group ${origin.id}`;
    case "vpc":
      return origin.cidr === undefined ? "the VPC" : `the VPC ${origin.cidr} and networks connected to it`;
    case "vpc-endpoints":
      return `VPC endpoints ${origin.ids.join(", ")}`;
  }
}
