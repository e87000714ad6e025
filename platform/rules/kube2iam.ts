import type { Problem } from "../../modules/schema/problem";
import type { Environment } from "../environment";

/** It runs on the nodes of node groups: Fargate has no DaemonSets, and Auto Mode's nodes have a role of their own. */
export function kube2iamHasNodes({ cluster, controllers, identity }: Environment): readonly Problem[] {
  if (Object.keys(cluster.nodeGroups).length > 0) return [];
  if (controllers.kube2iam === undefined) {
    if (Object.keys(identity.kube2iamRoles).length === 0) return [];
    return [
      {
        path: "identity.kube2iamRoles",
        value: identity.kube2iamRoles,
        rule: "the role of the nodes of node groups takes these on, and there is no node group",
        remedy:
          'take them out and write `aws: { kind: "role", ... }` in the workloads, or add `nodeGroups: { general: {} }` to `cluster`',
      },
    ];
  }
  return [
    {
      path: "controllers.kube2iam",
      value: controllers.kube2iam,
      rule: "it runs on the nodes of node groups and with their role, and there is no node group",
      remedy:
        'take it out and write `aws: { kind: "role", ... }` in the workloads, or add `nodeGroups: { general: {} }` to `cluster`',
    },
  ];
}

/** Source: EKS user guide, "Learn how EKS Pod Identity grants pods access to AWS services". */
export function kube2iamHasASuccessor({ controllers }: Environment): readonly string[] {
  if (controllers.kube2iam === undefined) return [];
  return [
    'controllers.kube2iam: EKS Pod Identity does the same without a privileged pod on every node; write `aws: { kind: "role", ... }` instead of kind "kube2iam" in the workloads',
  ];
}

/** kube2iam puts the name of a pod's annotation behind `arn:…:role/`, and a path stands between the two. */
export function kube2iamRolesHaveNoPath({ aws, identity }: Environment): readonly Problem[] {
  if (aws.iam.path === "/" || Object.keys(identity.kube2iamRoles).length === 0) return [];
  return [
    {
      path: "aws.iam.path",
      value: aws.iam.path,
      rule: "pods name roles of `identity.kube2iamRoles` by their name alone, and kube2iam finds them at the path / only",
      remedy:
        'write `aws: { kind: "role", ... }` in the workloads instead of kind "kube2iam", and take `kube2iamRoles` out',
    },
  ];
}

/** The roles that it takes on are named in a policy of the nodes' role, which nobody here may write on another's. */
export function kube2iamHasOurNodeRole({ cluster, identity }: Environment): readonly Problem[] {
  const { nodes } = cluster.roles;
  if (nodes.kind === "own" || Object.keys(identity.kube2iamRoles).length === 0) return [];
  return [
    {
      path: "cluster.roles.nodes",
      value: nodes,
      rule: "kube2iam takes on roles with the nodes' role, and one made elsewhere is given no such policy here",
      remedy:
        'leave the nodes their own role, or write `aws: { kind: "role", ... }` in the workloads instead of kind "kube2iam"',
    },
  ];
}
