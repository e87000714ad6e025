import { formatPath, type Problem } from "../../modules/schema/problem";
import type { Environment } from "../environment";
import { controllerNames } from "../install-controllers";

/** Widest network that may reach a public endpoint; nothing wider belongs to one organization. */
const widestPublicPrefix = 8;

export function publicEndpointNotOpen({ cluster: { endpoint } }: Environment): readonly Problem[] {
  if (endpoint.kind === "private") return [];
  return endpoint.cidrs.flatMap((cidr, index) => {
    const prefix = Number(cidr.split("/")[1]);
    if (prefix >= widestPublicPrefix) return [];
    return [
      {
        path: formatPath(["cluster", "endpoint", "cidrs", index]),
        value: cidr,
        rule:
          prefix === 0
            ? "it is the whole internet, and whatever the API server has to ward off then reaches it from everywhere"
            : `a network wider than /${widestPublicPrefix} is more than any one organization has`,
        remedy:
          'write the networks your people come from, such as "203.0.113.0/24", or `endpoint: { kind: "private" }`',
      },
    ];
  });
}

/** An entry without either signs in and may do nothing. */
export function accessEntriesGrantSomething({ cluster: { access } }: Environment): readonly Problem[] {
  return Object.entries(access).flatMap(([name, { policies, groups }]) =>
    policies.length + groups.length > 0
      ? []
      : [
          {
            path: formatPath(["cluster", "access", name]),
            value: access[name],
            rule: "it has neither policies nor groups, so the principal gets in and may do nothing",
            remedy: 'add `policies: [{ policy: "view" }]`, or `groups` that your RBAC knows, or take it out',
          },
        ],
  );
}

/** Source: EKS user guide, "Create access entries": an entry names one IAM role or user. */
export function accessEntriesNameRolesOrUsers({ cluster: { access } }: Environment): readonly Problem[] {
  return Object.entries(access).flatMap(([name, { principalArn }]) =>
    principalArn.endsWith(":root")
      ? [
          {
            path: formatPath(["cluster", "access", name, "principalArn"]),
            value: principalArn,
            rule: "an access entry admits one role or user; an account's root stands for everybody in it only in IAM's own policies",
            remedy: "write the ARN of the role that these people assume",
          },
        ]
      : [],
  );
}

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
