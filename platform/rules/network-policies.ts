import { onFargate } from "../../modules/cluster/fargate-selection";
import { meant } from "../../modules/schema/meant";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { allOf } from "../../modules/schema/suggest";
import { workloadLabels } from "../../modules/workloads/labels";
import type { Environment } from "../environment";

/** Source: EKS user guide, "Limit pod traffic with Kubernetes network policies", considerations. */
export function networkPoliciesAreEnforced({ cluster, networkPolicies }: Environment): readonly Problem[] {
  if (networkPolicies === "off") return [];
  const at = { path: "networkPolicies", value: networkPolicies };
  const cni =
    cluster.addons["vpc-cni"] === "off"
      ? [
          {
            ...at,
            rule: "the VPC CNI enforces them, and `cluster.addons` has it off",
            remedy: 'take `"vpc-cni": "off"` out of `cluster.addons`',
          },
        ]
      : [];
  const autoMode =
    cluster.autoMode.kind === "on"
      ? [
          {
            ...at,
            rule: "nodes of Auto Mode enforce them where their NodeClass and a ConfigMap of kube-system say so, which are not made here",
            remedy: "run the workloads on node groups: `nodeGroups: { general: {} }` in the place of `autoMode`",
          },
        ]
      : [];
  return [...cni, ...autoMode];
}

export function callsLeadSomewhere({ workloads }: Environment): readonly Problem[] {
  const known = Object.keys(workloads);
  return Object.entries(workloads).flatMap(([name, { calls }]) =>
    calls.flatMap((call, index) => {
      if (call.kind !== "workload" || known.includes(call.workload)) return [];
      return [
        {
          path: formatPath(["workloads", name, "calls", index, "workload"]),
          value: call.workload,
          rule: "it is none of the workloads",
          remedy: meant(call.workload, known, "name a workload, or a network by its `cidr`"),
        },
      ];
    }),
  );
}

/** What is declared and not held to. */
export function policiesHoldNotEverywhere({ cluster, networkPolicies, workloads }: Environment): readonly string[] {
  const all = Object.entries(workloads);
  if (networkPolicies === "off") {
    const calling = all
      .filter(([, { calls }]) => calls.length > 0)
      .map(([name]) => formatPath(["workloads", name, "calls"]));
    if (calling.length === 0) return [];
    return [`${allOf(calling)}: nobody holds pods to them while \`networkPolicies\` is "off"`];
  }
  const free = all
    .filter(([name, workload]) =>
      onFargate(cluster, { namespace: workload.namespace, labels: workloadLabels(name, workload) }),
    )
    .map(([name]) => formatPath(["workloads", name]));
  return free.length === 0 ? [] : [`${allOf(free)}: Fargate enforces no network policies, so these pods stay open`];
}
