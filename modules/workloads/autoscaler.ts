import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { deploymentName } from "./deployment";
import { nonEmpty } from "./non-empty";
import type { Workload } from "./schema";

/** Lets CPU decide the number of pods; makes nothing where the workload has no autoscaler. */
export function makeAutoscaler(
  scope: Construct,
  id: string,
  props: { readonly name: string; readonly workload: Workload; readonly dependsOn: readonly ITerraformDependable[] },
): void {
  const { workload } = props;
  if (workload.autoscaler === undefined) return;
  const { min, max, cpuPercent } = workload.autoscaler;
  const deployment = deploymentName(props);
  new HorizontalPodAutoscalerV2(scope, id, {
    metadata: { name: deployment, namespace: workload.namespace },
    spec: {
      minReplicas: min,
      maxReplicas: max,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
      metric: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: cpuPercent } },
        },
      ],
    },
    dependsOn: nonEmpty(props.dependsOn),
  });
}
