import type { Workload } from "./schema";

/** Number of pods that a workload always has, autoscaler or not. */
export function fewestReplicas(workload: Workload): number {
  return workload.autoscaler?.min ?? workload.replicas;
}
