import type { Workload } from "./schema";

/** Labels of the pods of a workload; Deployment and Service select by all of them. */
export function workloadLabels(name: string, workload: Workload): Readonly<Record<string, string>> {
  return workload.labels ?? { app: name };
}
