import type { Problem } from "../../schema/problem";
import { workloadLabels } from "../labels";
import { at, type Declared } from "./rule";

function within(labels: Readonly<Record<string, string>>, others: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([key, value]) => others[key] === value);
}

/** A selector takes the pods of its own workload alone. Source: kubernetes.io, "Deployments", Selector. */
export function selectorsUnique({ workloads }: Declared): readonly Problem[] {
  const all = Object.entries(workloads).map(([name, workload], position) => ({
    name,
    position,
    namespace: workload.namespace,
    labels: workloadLabels(name, workload),
  }));
  return all.flatMap((one) => {
    const caught = all.find(
      (other) =>
        other !== one &&
        other.namespace === one.namespace &&
        within(one.labels, other.labels) &&
        // Of two with the same labels, the later is reported.
        (other.position < one.position || !within(other.labels, one.labels)),
    );
    if (caught === undefined) return [];
    return [
      {
        path: at(one.name, "labels"),
        value: one.labels,
        rule: `the pods of ${caught.name} carry all of these labels too: Service and disruption budget of ${one.name} would count them as its own`,
        remedy: "add a label whose value the two do not share",
      },
    ];
  });
}
