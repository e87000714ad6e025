import { type Block, blocks, type EnvironmentJson, placeOf } from "../terraform-json/environment-json";
import { objectOf } from "../terraform-json/json";
import { type KubernetesObject, kubernetesObjects, type Release, releases } from "../terraform-json/kubernetes-objects";
import { References } from "../terraform-json/references";
import { Network } from "./network";
import { NetworkPolicies } from "./network-policies";
import { SecurityGroups } from "./security-groups";

/** An environment as whoever follows a way needs it. */
export class Landscape {
  readonly references: References;
  readonly objects: readonly KubernetesObject[];
  readonly releases: readonly Release[];
  readonly network: Network;
  readonly groups: SecurityGroups;
  readonly policies: NetworkPolicies;
  /** Keys of the doors that the environment declares: `<workload>/<kind>/<name>`. */
  readonly declared: readonly string[];

  constructor(readonly environment: EnvironmentJson) {
    this.references = new References(environment);
    this.objects = kubernetesObjects(environment);
    this.releases = releases(environment);
    this.network = new Network(environment, this.references);
    this.groups = new SecurityGroups(environment, this.references);
    this.policies = new NetworkPolicies(environment, this.objects);
    this.declared = Object.keys(objectOf(objectOf(objectOf(environment.stacks.apps?.["output"])["doors"])["value"]));
  }

  blocks(type: string, mode: Block["mode"] = "resource"): readonly Block[] {
    return blocks(this.environment, type, mode);
  }

  /** The block that an argument of another names. */
  follow(from: Block, argument: unknown): Block | undefined {
    return this.references.blockOf(from.stack, argument);
  }

  /** Blocks of a type one of whose arguments names a block. */
  naming(type: string, argument: string, named: Block): readonly Block[] {
    const place = placeOf(named);
    return this.blocks(type).filter((block) =>
      this.references.of(block.stack, block.arguments[argument]).some((found) => placeOf(found.block) === place),
    );
  }

  ofKind(kind: string): readonly KubernetesObject[] {
    return this.objects.filter((object) => object.kind === kind);
  }

  object(kind: string, namespace: string, name: string): KubernetesObject | undefined {
    return this.objects.find(
      (object) => object.kind === kind && object.namespace === namespace && object.name === name,
    );
  }

  release(chart: string): Release | undefined {
    return this.releases.find((release) => release.chart === chart);
  }

  /** Identity of the group that EKS makes for control plane, nodes and pods. */
  get clusterGroup(): string | undefined {
    const [cluster] = this.blocks("aws_eks_cluster");
    return cluster === undefined ? undefined : `${placeOf(cluster)}.vpc_config[0].cluster_security_group_id`;
  }

  /** CIDRs that a load balancer in the VPC connects from. */
  balancerCidrs(internetFacing: boolean): readonly string[] {
    const role = internetFacing ? "public" : "private";
    const own = this.network.subnets.filter((subnet) => subnet.role === role).map(({ cidr }) => cidr);
    if (own.length > 0) return own;
    return this.network.vpcCidr === undefined ? [] : [this.network.vpcCidr];
  }
}
