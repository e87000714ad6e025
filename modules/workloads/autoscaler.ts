import {
  HorizontalPodAutoscalerV2,
  type HorizontalPodAutoscalerV2SpecBehavior,
  type HorizontalPodAutoscalerV2SpecMetric,
} from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import { deploymentName } from "./deployment";
import { nonEmpty } from "./non-empty";
import type { Workload } from "./schema";

type Metric = NonNullable<Workload["autoscaler"]>["metrics"][number];

const utilization = (name: string, averageUtilization: number) => ({
  type: "Resource",
  resource: { name, target: { type: "Utilization", averageUtilization } },
});

function otherMetric(metric: Metric): HorizontalPodAutoscalerV2SpecMetric {
  const target = { type: "AverageValue", averageValue: metric.average };
  switch (metric.kind) {
    case "pods":
      return { type: "Pods", pods: { metric: { name: metric.name }, target } };
    case "external": {
      const { name, labels } = metric;
      const selector = Object.keys(labels).length === 0 ? {} : { selector: [{ matchLabels: labels }] };
      return { type: "External", external: { metric: { name, ...selector }, target } };
    }
    default:
      return assertNever("metric of an autoscaler", metric);
  }
}

/** Terraform's provider wants policies with a window; these are Kubernetes' own. */
function behavior(
  add: number | undefined,
  take: number | undefined,
): HorizontalPodAutoscalerV2SpecBehavior | undefined {
  if (add === undefined && take === undefined) return undefined;
  const all = { type: "Percent", value: 100, periodSeconds: 15 };
  const four = { type: "Pods", value: 4, periodSeconds: 15 };
  return {
    ...(add === undefined
      ? {}
      : { scaleUp: [{ stabilizationWindowSeconds: add, selectPolicy: "Max", policy: [all, four] }] }),
    ...(take === undefined
      ? {}
      : { scaleDown: [{ stabilizationWindowSeconds: take, selectPolicy: "Max", policy: [all] }] }),
  };
}

/** Lets CPU decide the number of pods; makes nothing where the workload has no autoscaler. */
export function makeAutoscaler(
  scope: Construct,
  id: string,
  props: { readonly name: string; readonly workload: Workload; readonly dependsOn: readonly ITerraformDependable[] },
): void {
  const { workload } = props;
  if (workload.autoscaler === undefined) return;
  const { min, max, cpuPercent, memoryPercent, metrics, addAfterSeconds, takeAfterSeconds } = workload.autoscaler;
  const deployment = deploymentName(props);
  new HorizontalPodAutoscalerV2(scope, id, {
    metadata: { name: deployment, namespace: workload.namespace },
    spec: {
      minReplicas: min,
      maxReplicas: max,
      scaleTargetRef: {
        apiVersion: "apps/v1",
        kind: workload.runs.kind === "stateful-set" ? "StatefulSet" : "Deployment",
        name: deployment,
      },
      metric: [
        utilization("cpu", cpuPercent),
        ...(memoryPercent === undefined ? [] : [utilization("memory", memoryPercent)]),
        ...metrics.map(otherMetric),
      ],
      behavior: behavior(addAfterSeconds, takeAfterSeconds),
    },
    dependsOn: nonEmpty(props.dependsOn),
  });
}
