import type { DeploymentV1SpecTemplateSpecTopologySpreadConstraint as SpreadConstraint } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { Workload } from "./schema";

/** Spreads pods over zones, and over nodes where that can be had. */
export function spreadConstraints(workload: Workload, labels: Readonly<Record<string, string>>): SpreadConstraint[] {
  if (workload.spread === "none") return [];
  const constraint = (
    topologyKey: string,
    whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway",
  ): SpreadConstraint => ({
    topologyKey,
    whenUnsatisfiable,
    maxSkew: 1,
    labelSelector: [{ matchLabels: { ...labels } }],
    // Counts the pods of one revision: those that a rollout is about to end would skew it.
    matchLabelKeys: [workload.runs.kind === "stateful-set" ? "controller-revision-hash" : "pod-template-hash"],
  });
  return [
    constraint("topology.kubernetes.io/zone", workload.spread === "required" ? "DoNotSchedule" : "ScheduleAnyway"),
    constraint("kubernetes.io/hostname", "ScheduleAnyway"),
  ];
}
