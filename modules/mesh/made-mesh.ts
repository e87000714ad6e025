import type { ITerraformDependable } from "cdktf";
import type { AwsOptions } from "../aws/schema";
import type { BalancerSettings } from "../load-balancer/attributes";
import type { BalancerNetwork } from "../load-balancer/subnets";
import type { Workload } from "../workloads/schema";
import type { Mesh } from "./schema";

export interface MeshProps {
  readonly mesh: Mesh;
  /** The environment's workloads, by name. */
  readonly workloads: Readonly<Record<string, Workload>>;
  readonly aws: AwsOptions;
  /** What every load balancer of the environment has. */
  readonly balancers: BalancerSettings;
  /** Certificate of the gateway. Default: none. */
  readonly certificateArn: string | undefined;
  /** Where the gateway's load balancer may stand. */
  readonly network: BalancerNetwork;
  /** IRSA role of the service account that Envoys share. Default: none, as with Pod Identity or without Envoys. */
  readonly proxyRoleArn: string | undefined;
  /** The namespace. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** A mesh, made as far as it can be before its members are there. */
export interface MadeMesh {
  /** What the pods of members wait for. */
  readonly beforeMembers: readonly ITerraformDependable[];
  /**
   * Makes what needs the members' Services, and tells where the gateway is reached, by `mesh/<kind>/<gateway>`.
   *
   * @param services Services of the members.
   */
  readonly finish: (services: readonly ITerraformDependable[]) => Readonly<Record<string, string>>;
}
