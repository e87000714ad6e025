import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { workloadLabels } from "./labels";
import { nonEmpty } from "./non-empty";
import { type PodTemplateProps, podTemplate } from "./pod-template";

/** Name of the Deployment of a workload. */
export function deploymentName({ name, workload }: Pick<PodTemplateProps, "name" | "workload">): string {
  return workload.names.deployment ?? name;
}

export function makeDeployment(
  scope: Construct,
  id: string,
  props: PodTemplateProps & { readonly dependsOn: readonly ITerraformDependable[] },
): DeploymentV1 {
  const { name, workload } = props;
  const labels = workloadLabels(name, workload);
  return new DeploymentV1(scope, id, {
    metadata: { name: deploymentName(props), namespace: workload.namespace, labels: { ...labels } },
    spec: {
      // Where an autoscaler owns the number, a value here would undo its work at every apply.
      ...(workload.autoscaler === undefined ? { replicas: String(workload.replicas) } : {}),
      selector: { matchLabels: { ...labels } },
      // A rollout never has fewer pods than asked for, not with one replica either; a quarter is rounded up.
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "0" } },
      template: podTemplate(props),
    },
    waitForRollout: true,
    // Longer than the Deployment's own progress deadline of ten minutes, whose message says more.
    timeouts: { create: "15m", update: "15m" },
    dependsOn: nonEmpty(props.dependsOn),
  });
}
