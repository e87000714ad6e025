import type { Problem } from "../../modules/schema/problem";
import type { Environment } from "../environment";
import { controllerNames } from "../install-controllers";

/** Whether anything is installed that runs in the cluster. */
export function hasPods({ controllers, workloads }: Environment): boolean {
  return controllerNames(controllers).length + Object.keys(workloads).length > 0;
}

function hasNodes({ cluster }: Environment): boolean {
  return Object.keys(cluster.nodeGroups).length > 0 || cluster.autoMode.kind === "on";
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
