import { onFargate } from "../../modules/cluster/fargate-selection";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { allOf } from "../../modules/schema/suggest";
import { controllerPath } from "../controllers";
import type { Environment } from "../environment";
import { controllerHasRole, controllerNames, controllerNamespace } from "../install-controllers";
import { onlyFargate, workloadsOnFargate } from "./fargate";

/** Controllers of an environment whose pods need AWS credentials. */
function controllersWithRole(environment: Environment) {
  return controllerNames(environment.controllers).filter((name) => controllerHasRole(name, environment.controllers));
}

function workloadsWithRole({ workloads }: Environment): readonly string[] {
  return Object.keys(workloads).filter((name) => workloads[name]?.aws.kind === "role");
}

function releasesWithRole({ releases }: Environment): readonly string[] {
  return Object.keys(releases).filter((name) => releases[name]?.credentials !== undefined);
}

/** Pods of add-ons get their roles by Pod Identity, whatever workloads do. */
function addonsWithRole({ cluster }: Environment): readonly string[] {
  return Object.entries(cluster.otherAddons)
    .filter(([, { credentials }]) => Object.keys(credentials).length > 0)
    .map(([name]) => formatPath(["cluster", "otherAddons", name]));
}

function usersOfRoles(environment: Environment): readonly string[] {
  return [
    ...controllersWithRole(environment).map(controllerPath),
    ...releasesWithRole(environment).map((name) => formatPath(["releases", name])),
    ...workloadsWithRole(environment).map((name) => formatPath(["workloads", name])),
  ];
}

const noDaemonSets = "Fargate runs no DaemonSets, so the Pod Identity agent is not there to hand out credentials";

/** Source: EKS user guide, "EKS Pod Identity restrictions". */
export function podIdentityNotOnFargate(environment: Environment): readonly Problem[] {
  const { cluster, controllers, identity, workloads } = environment;
  if (identity.workloads !== "pod-identity") return [];
  if (onlyFargate(environment)) {
    const users = usersOfRoles(environment);
    if (users.length === 0) return [];
    return [
      {
        path: "identity.workloads",
        value: identity.workloads,
        rule: `the cluster has Fargate alone, and ${noDaemonSets}; this concerns ${allOf(users)}`,
        remedy: 'write `identity: { workloads: "irsa" }`',
      },
    ];
  }
  const remedy = 'write `identity: { workloads: "irsa" }`, or a Fargate selector that leaves these pods to nodes';
  const rule = `a Fargate profile selects these pods, and ${noDaemonSets}`;
  const selected = workloadsOnFargate(environment);
  return [
    ...controllersWithRole(environment).flatMap((name) => {
      const namespace = controllerNamespace(name, controllers);
      if (namespace === undefined || !onFargate(cluster, { namespace })) return [];
      return [{ path: controllerPath(name), value: controllers[name], rule, remedy }];
    }),
    ...releasesWithRole(environment).flatMap((name) => {
      const namespace = environment.releases[name]?.namespace ?? name;
      if (!onFargate(cluster, { namespace })) return [];
      const path = formatPath(["releases", name, "credentials"]);
      return [{ path, value: environment.releases[name]?.credentials, rule, remedy }];
    }),
    ...workloadsWithRole(environment)
      .filter((name) => selected.includes(name))
      .map((name) => ({ path: formatPath(["workloads", name, "aws"]), value: workloads[name]?.aws, rule, remedy })),
  ];
}

/** Auto Mode's nodes have the agent built in; those of node groups get it as an add-on. */
export function podIdentityHasItsAgent(environment: Environment): readonly Problem[] {
  const { cluster, identity } = environment;
  if (identity.workloads !== "pod-identity" || cluster.addons["eks-pod-identity-agent"] !== "off") return [];
  if (Object.keys(cluster.nodeGroups).length === 0) return [];
  const users = usersOfRoles(environment);
  if (users.length === 0) return [];
  return [
    {
      path: formatPath(["cluster", "addons", "eks-pod-identity-agent"]),
      value: "off",
      rule: `Pod Identity hands out AWS credentials through this agent, and these need them: ${allOf(users)}`,
      remedy: 'take the line out, or write `identity: { workloads: "irsa" }`',
    },
  ];
}

/** An add-on's roles come by Pod Identity alone, and its agent has to be there. */
export function addonRolesHaveTheAgent(environment: Environment): readonly Problem[] {
  const { addons, nodeGroups, autoMode } = environment.cluster;
  if (autoMode.kind === "on") return [];
  const nodes = Object.keys(nodeGroups).length > 0;
  if (nodes && addons["eks-pod-identity-agent"] !== "off") return [];
  return addonsWithRole(environment).map((path) => ({
    path: `${path}.credentials`,
    value: environment.cluster.otherAddons[path.split('"')[1] ?? path.split(".").at(-1) ?? ""]?.credentials,
    rule: nodes
      ? "the agent of Pod Identity, which hands these roles out, is off"
      : "the agent of Pod Identity hands these roles out, and there are no nodes for it to run on",
    remedy: nodes
      ? 'take `"eks-pod-identity-agent": "off"` out of cluster.addons'
      : "add a node group, or turn Auto Mode on, or take `credentials` out",
  }));
}

const kube2iamAnnotation = "iam.amazonaws.com/role";

/** kube2iam answers for the instance metadata, from a DaemonSet on the host's network: Fargate has neither. */
export function kube2iamNotOnFargate(environment: Environment): readonly Problem[] {
  return workloadsOnFargate(environment).flatMap((name) => {
    const workload = environment.workloads[name];
    if (workload === undefined) return [];
    const annotated = workload.podAnnotations[kube2iamAnnotation];
    const asked: readonly (readonly [field: readonly string[], value: unknown])[] = [
      ...(workload.aws.kind === "kube2iam" ? [[["aws"], workload.aws] as const] : []),
      ...(annotated === undefined ? [] : [[["podAnnotations", kube2iamAnnotation], annotated] as const]),
    ];
    return asked.map(([field, value]) => ({
      path: formatPath(["workloads", name, ...field]),
      value,
      rule: "a Fargate profile selects these pods, and Fargate runs no DaemonSets, so kube2iam is not there to give them the role",
      remedy: 'write `aws: { kind: "role", ... }` and `identity: { workloads: "irsa" }`, which works on Fargate',
    }));
  });
}
