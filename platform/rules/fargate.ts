import { onFargate } from "../../modules/cluster/fargate-selection";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { workloadLabels } from "../../modules/workloads/labels";
import { controllerPath } from "../controllers";
import type { Environment } from "../environment";
import { controllerNames, controllerNamespace } from "../install-controllers";

/** Whether every pod of the cluster must run on Fargate. */
export function onlyFargate({ cluster }: Environment): boolean {
  const hasNodes = Object.keys(cluster.nodeGroups).length > 0 || cluster.autoMode.kind === "on";
  return !hasNodes && Object.keys(cluster.fargateProfiles).length > 0;
}

/** Names of the workloads whose pods a Fargate profile selects. */
export function workloadsOnFargate({ cluster, workloads }: Environment): readonly string[] {
  return Object.entries(workloads)
    .filter(([name, workload]) =>
      onFargate(cluster, { namespace: workload.namespace, labels: workloadLabels(name, workload) }),
    )
    .map(([name]) => name);
}

function unselected(path: string, value: unknown, namespace: string): Problem {
  return {
    path,
    value,
    rule: `the cluster has Fargate alone, and no profile selects these pods in the namespace ${namespace}, so they never start`,
    remedy: `add \`{ namespace: ${JSON.stringify(namespace)} }\` to the selectors of a Fargate profile, or add a node group`,
  };
}

export function fargateSelectsEveryPod(environment: Environment): readonly Problem[] {
  if (!onlyFargate(environment)) return [];
  const { cluster, controllers, workloads } = environment;
  const selected = workloadsOnFargate(environment);
  return [
    ...controllerNames(controllers).flatMap((name) => {
      const namespace = controllerNamespace(name, controllers);
      if (namespace === undefined || onFargate(cluster, { namespace })) return [];
      return [unselected(controllerPath(name), controllers[name], namespace)];
    }),
    ...Object.entries(workloads)
      .filter(([name]) => !selected.includes(name))
      .map(([name, { namespace }]) => unselected(formatPath(["workloads", name, "namespace"]), namespace, namespace)),
  ];
}

/** Add-ons that are Deployments like any other. */
const addonPods = [
  {
    addon: "coredns",
    labels: { "k8s-app": "kube-dns", "eks.amazonaws.com/component": "coredns" },
    otherwise: "CoreDNS never starts and no name resolves",
  },
  {
    addon: "metrics-server",
    labels: { "app.kubernetes.io/name": "metrics-server" },
    otherwise: "the metrics server never starts and no autoscaler knows what pods use",
  },
] as const;

export function fargateRunsAddons(environment: Environment): readonly Problem[] {
  const { cluster } = environment;
  if (!onlyFargate(environment)) return [];
  return addonPods.flatMap(({ addon, labels, otherwise }) => {
    if (cluster.addons[addon] === "off" || onFargate(cluster, { namespace: "kube-system", labels })) return [];
    return [
      {
        path: "cluster.fargateProfiles",
        value: Object.values(cluster.fargateProfiles).flatMap(({ selectors }) =>
          selectors.map(({ namespace }) => namespace),
        ),
        rule: `the cluster has Fargate alone, and no profile selects kube-system, so ${otherwise}`,
        remedy: 'add `{ namespace: "kube-system" }` to the selectors of a Fargate profile',
      },
    ];
  });
}

/** Source: EKS user guide, "Manage compute with AWS Fargate", considerations. */
export function fargatePodsUnprivileged(environment: Environment): readonly Problem[] {
  return workloadsOnFargate(environment).flatMap((name) => {
    const security = environment.workloads[name]?.security;
    if (security?.kind !== "privileged") return [];
    return [
      {
        path: formatPath(["workloads", name, "security"]),
        value: security,
        rule: "a Fargate profile selects these pods, and Fargate runs no privileged containers",
        remedy: 'write `security: { kind: "baseline", reason: "..." }`, or a namespace that no profile selects',
      },
    ];
  });
}
