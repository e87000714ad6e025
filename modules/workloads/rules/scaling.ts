import { fewestReplicas } from "../replicas";
import { at, ofEachWorkload } from "./rule";

/** An autoscaler has a range. Source: Kubernetes API, HorizontalPodAutoscaler. */
export const autoscalerRange = ofEachWorkload((name, { autoscaler }) => {
  if (autoscaler === undefined || autoscaler.min <= autoscaler.max) return [];
  return [
    {
      path: at(name, "autoscaler"),
      value: autoscaler,
      rule: `it would keep at least ${autoscaler.min} pods and at most ${autoscaler.max}; Kubernetes refuses a range that ends before it begins`,
      remedy: "write a `max` that is not below `min`",
    },
  ];
});

/** A budget that keeps every pod keeps every node. Source: kubernetes.io, "Specifying a Disruption Budget". */
export const budgetLeavesRoom = ofEachWorkload((name, workload) => {
  const { disruptionBudget } = workload;
  const pods = fewestReplicas(workload);
  if (disruptionBudget.kind !== "min-available" || pods < 2 || disruptionBudget.count < pods) return [];
  return [
    {
      path: at(name, "disruptionBudget", "count"),
      value: disruptionBudget.count,
      rule: `the workload may have no more than ${pods} pods; a budget that wants ${disruptionBudget.count} of them lets no node be drained, and so no node group be upgraded`,
      remedy: `write ${pods - 1} or less, or use kind "max-unavailable"`,
    },
  ];
});
