import { formatPath, type Problem } from "../../modules/schema/problem";
import type { Environment } from "../environment";
import { controllerNames } from "../install-controllers";

/** Whether anything is installed that runs in the cluster. */
export function hasPods({ controllers, workloads }: Environment): boolean {
  return controllerNames(controllers).length + Object.keys(workloads).length > 0;
}

function hasNodes({ cluster }: Environment): boolean {
  return Object.keys(cluster.nodeGroups).length > 0 || cluster.autoMode.kind === "on";
}

/** Nothing here adds nodes to a group but the group itself. */
export function someGroupHasNodes(environment: Environment): readonly Problem[] {
  const { nodeGroups, autoMode, fargateProfiles } = environment.cluster;
  const groups = Object.entries(nodeGroups);
  if (groups.length === 0 || autoMode.kind === "on" || Object.keys(fargateProfiles).length > 0) return [];
  if (groups.some(([, { size }]) => size.desired > 0) || !hasPods(environment)) return [];
  return groups.map(([name, { size }]) => ({
    path: formatPath(["cluster", "nodeGroups", name, "size", "desired"]),
    value: size.desired,
    rule: "every node group begins without a node, and no autoscaler is here to add one, so no pod of a controller or workload ever starts",
    remedy: `write \`desired: ${Math.min(2, size.max)}\``,
  }));
}

export function somethingRunsPods(environment: Environment): readonly Problem[] {
  const { cluster } = environment;
  if (hasNodes(environment) || Object.keys(cluster.fargateProfiles).length > 0) return [];
  if (!hasPods(environment)) return [];
  return [
    {
      path: "cluster.nodeGroups",
      value: cluster.nodeGroups,
      rule: "there are neither node groups nor Fargate profiles nor Auto Mode, so no pod of a controller or workload ever starts",
      remedy: "add `nodeGroups: { general: {} }` to `cluster`",
    },
  ];
}

/** Nothing of ours tolerates a taint. */
export function someNodesUntainted(environment: Environment): readonly Problem[] {
  const { cluster } = environment;
  const groups = Object.entries(cluster.nodeGroups);
  const keepsPodsOff = ({ taints }: (typeof cluster.nodeGroups)[string]) =>
    taints.some(({ effect }) => effect !== "PREFER_NO_SCHEDULE");
  if (groups.length === 0 || cluster.autoMode.kind === "on" || Object.keys(cluster.fargateProfiles).length > 0)
    return [];
  if (!hasPods(environment)) return [];
  if (!groups.every(([, group]) => keepsPodsOff(group))) return [];
  return [
    {
      path: "cluster.nodeGroups",
      value: Object.fromEntries(groups.map(([name, { taints }]) => [name, { taints }])),
      rule: "every node group has a taint, and controllers and workloads tolerate none, so none of their pods ever starts",
      remedy: "add a node group without taints, or take them from one",
    },
  ];
}

/**
 * EKS's security group admits itself alone: without a client the first thing that the controllers stack makes ends in a
 * timeout. Source: EKS user guide, "Cluster API server endpoint".
 */
export function privateEndpointReached(environment: Environment): readonly Problem[] {
  const { endpoint } = environment.cluster;
  if (endpoint.kind !== "private" || endpoint.clients.length > 0 || endpoint.reachedFrom !== undefined) return [];
  if (!hasPods(environment)) return [];
  return [
    {
      path: "cluster.endpoint",
      value: endpoint,
      rule: "nobody outside the cluster may call its API server, so Terraform would wait in vain in the stacks controllers and apps",
      remedy:
        'name who applies, such as `clients: [{ kind: "network", cidr: "10.0.0.0/16" }]` for runners or a VPN, or say that Terraform runs in the cluster: `reachedFrom: { kind: "inside", reason: "..." }`',
    },
  ];
}
