import {
  PodDisruptionBudgetV1,
  type PodDisruptionBudgetV1Spec,
} from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import { deploymentName } from "./deployment";
import { workloadLabels } from "./labels";
import { nonEmpty } from "./non-empty";
import { fewestReplicas } from "./replicas";
import type { Workload } from "./schema";

type Limit = Pick<PodDisruptionBudgetV1Spec, "maxUnavailable" | "minAvailable">;

function limitOf(workload: Workload): Limit | undefined {
  const { disruptionBudget } = workload;
  // A budget around a single pod either says nothing or keeps its node from ever being drained.
  if (fewestReplicas(workload) < 2) return undefined;
  switch (disruptionBudget.kind) {
    case "max-unavailable":
      return { maxUnavailable: String(disruptionBudget.count) };
    case "min-available":
      return { minAvailable: String(disruptionBudget.count) };
    case "none":
      return undefined;
    default:
      return assertNever("disruption budget", disruptionBudget);
  }
}

/** Bounds how many pods a drain may take at once; makes nothing for a single pod. */
export function makeDisruptionBudget(
  scope: Construct,
  id: string,
  props: { readonly name: string; readonly workload: Workload; readonly dependsOn: readonly ITerraformDependable[] },
): void {
  const { name, workload } = props;
  const limit = limitOf(workload);
  if (limit === undefined) return;
  new PodDisruptionBudgetV1(scope, id, {
    metadata: { name: deploymentName(props), namespace: workload.namespace },
    spec: { ...limit, selector: { matchLabels: { ...workloadLabels(name, workload) } } },
    dependsOn: nonEmpty(props.dependsOn),
  });
}
