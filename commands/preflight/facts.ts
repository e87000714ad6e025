import type { ChartAddress } from "../inputs/chart-packages";

/** Who calls AWS. */
export type Caller =
  | { readonly kind: "known"; readonly accountId: string; readonly arn: string }
  | { readonly kind: "nobody"; readonly because: string };

export interface Zone {
  /** For example `eu-west-1a`. */
  readonly name: string;
  /** For example `euw1-az3`: the same place in every account. */
  readonly id: string;
}

export type Bucket =
  | { readonly kind: "there"; readonly region: string; readonly versioned: boolean; readonly encrypted: boolean }
  | { readonly kind: "missing" }
  | { readonly kind: "forbidden" };

export interface Lock {
  readonly id: string;
  readonly who: string;
  readonly since: string;
}

export interface Cluster {
  readonly status: string;
  /** Minor version, such as `1.35`. */
  readonly version: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
}

export interface Certificate {
  /** AWS's word, such as `ISSUED` or `PENDING_VALIDATION`. */
  readonly status: string;
}

/** Whether the caller gets into the cluster, as Terraform would. */
/** What EKS has found of a cluster, for its next version. */
export interface UpgradeInsight {
  readonly name: string;
  /** `ERROR` is what an update would be refused for. */
  readonly status: "ERROR" | "WARNING";
  readonly reason: string;
}

export type Admission = { readonly kind: "administrator" } | { readonly kind: "refused"; readonly because: string };

/** What others than this environment have of something that is counted. */
export interface InUse {
  readonly elasticIps: number;
  readonly vpcs: number;
  /** Most in one zone. */
  readonly natGatewaysInZone: number;
  readonly clusters: number;
  readonly applicationLoadBalancers: number;
  readonly networkLoadBalancers: number;
  /** Of instances that run, by how they are bought and the family that quotas count them in, such as `ON_DEMAND standard`. */
  readonly vcpus: Readonly<Record<string, number>>;
  readonly roles: number;
}

/** What preflight reads of the world outside. It changes nothing. */
export interface Facts {
  /** Version of Terraform or OpenTofu; undefined where it cannot be started. */
  terraform(): { readonly program: string; readonly version: string | undefined } | undefined;
  /** Version of the AWS CLI; undefined where there is none. */
  awsCli(): string | undefined;
  caller(): Promise<Caller>;
  /** AWS's word, such as `opted-in`; undefined where there is no such region. */
  regionStatus(): Promise<string | undefined>;
  zones(): Promise<readonly Zone[]>;
  /** vCPUs of instance types; those that the region does not have are missing. */
  vcpus(instanceTypes: readonly string[]): Promise<Readonly<Record<string, number>>>;
  inUse(): Promise<InUse>;
  /** Applied value of a quota; undefined where AWS does not tell. */
  quota(service: string, code: string): Promise<number | undefined>;
  /** Whether IAM knows a role or user. */
  principalExists(arn: string): Promise<boolean>;
  serviceLinkedRoleExists(name: string): Promise<boolean>;
  bucket(name: string): Promise<Bucket>;
  /** The lock of a stack's state; undefined where nobody holds it. */
  lock(stack: string): Promise<Lock | undefined>;
  /** Name servers of a hosted zone; undefined where there is no such zone. */
  hostedZone(id: string): Promise<readonly string[] | undefined>;
  /** Name servers that the domain's parent leads to; empty where nobody knows the domain. */
  delegation(domain: string): Promise<readonly string[]>;
  /** Undefined where there is none of that ARN. */
  certificate(arn: string): Promise<Certificate | undefined>;
  webAclExists(arn: string): Promise<boolean>;
  image(repository: string, version: string): Promise<"there" | "no repository" | "no such image">;
  /** What an image runs on, such as `linux/arm64`; undefined where that cannot be known. */
  imagePlatforms(repository: string, version: string): Promise<readonly string[] | undefined>;
  /** The environment's cluster; undefined before it is made. */
  cluster(): Promise<Cluster | undefined>;
  /** What EKS finds in the cluster that a version of Kubernetes would break; undefined where AWS does not tell. */
  upgradeInsights(version: string): Promise<readonly UpgradeInsight[] | undefined>;
  /** Why a TCP connection does not come about; undefined where it does. */
  unreachable(host: string, port: number): Promise<string | undefined>;
  admission(cluster: Cluster): Promise<Admission>;
  /** SHA-256 of a chart's package, or why that cannot be known. */
  chartDigest(
    chart: ChartAddress,
  ): Promise<
    { readonly kind: "known"; readonly digest: string } | { readonly kind: "unknown"; readonly because: string }
  >;
  /** Why an address does not answer; undefined where it does. */
  noAnswer(url: string): Promise<string | undefined>;
}
