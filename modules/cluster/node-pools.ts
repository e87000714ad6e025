import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { CustomResources } from "../kubernetes/custom-resources";
import type { NodePool } from "./node-pool-schema";

export interface NodePoolsProps {
  readonly pools: Readonly<Record<string, NodePool>>;
  /** Name of the role of Auto Mode's nodes. */
  readonly roleName: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

/** NodePools and NodeClasses of Auto Mode, as one release. */
export class NodePools extends Construct {
  /** What pods on these nodes wait for, so that a destroy takes the nodes last; empty without any. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NodePoolsProps) {
    super(scope, id);
    const all = Object.entries(props.pools);
    this.ready =
      all.length === 0
        ? []
        : [
            new CustomResources(this, "Resource", {
              releaseName: "node-pools",
              namespace: "kube-system",
              manifests: all.flatMap(([name, pool]) => [nodeClass(name, pool, props), nodePool(name, pool)]),
            }).ready,
          ];
  }
}

function nodeClass(name: string, { storage, networkPolicy }: NodePool, props: NodePoolsProps) {
  return {
    apiVersion: "eks.amazonaws.com/v1",
    kind: "NodeClass",
    metadata: { name },
    spec: {
      role: props.roleName,
      subnetSelectorTerms: props.subnetIds.map((subnetId) => ({ id: subnetId })),
      securityGroupSelectorTerms: [{ id: props.securityGroupId }],
      networkPolicy,
      ephemeralStorage: {
        size: `${storage.sizeGiB}Gi`,
        iops: storage.iops,
        throughput: storage.throughputMiBps,
        ...(storage.kmsKeyArn === undefined ? {} : { kmsKeyID: storage.kmsKeyArn }),
      },
    },
  };
}

function nodePool(name: string, pool: NodePool) {
  const { requirements, labels, taints, limits, weight, consolidate, consolidateAfter, expireAfter, disruptions } =
    pool;
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name },
    spec: {
      template: {
        metadata: { labels },
        spec: {
          nodeClassRef: { group: "eks.amazonaws.com", kind: "NodeClass", name },
          requirements: requirements.map(({ key, operator, values }) => ({
            key,
            operator,
            ...(values.length === 0 ? {} : { values }),
          })),
          ...(taints.length === 0 ? {} : { taints }),
          expireAfter,
        },
      },
      limits,
      disruption: { consolidationPolicy: consolidate, consolidateAfter, budgets: [{ nodes: disruptions }] },
      ...(weight === undefined ? {} : { weight }),
    },
  };
}
