import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { StatefulSetV1 } from "@cdktf/provider-kubernetes/lib/stateful-set-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { claimTemplates } from "./claims";
import { deploymentName } from "./deployment";
import { workloadLabels } from "./labels";
import { nonEmpty } from "./non-empty";
import { type PodTemplateProps, podTemplate } from "./pod-template";
import type { Runs } from "./run-schema";
import { workloadServiceName } from "./service";

/** Five megabytes of code, for environments that have one. */
const library = (): typeof import("@cdktf/provider-kubernetes/lib/stateful-set-v1") =>
  require("@cdktf/provider-kubernetes/lib/stateful-set-v1");

/** Name of the Service that gives each pod of a StatefulSet a name in DNS. */
export function podsServiceName(props: Pick<PodTemplateProps, "name" | "workload">): string {
  return `${workloadServiceName(props)}-pods`;
}

/** Pods with names and volumes of their own, and the Service without an address that names them. */
export function makeStatefulSet(
  scope: Construct,
  id: string,
  props: PodTemplateProps & {
    readonly runs: Extract<Runs, { kind: "stateful-set" }>;
    readonly dependsOn: readonly ITerraformDependable[];
  },
): StatefulSetV1 {
  const { name, workload, runs } = props;
  const labels = workloadLabels(name, workload);
  const claims = claimTemplates(workload);
  const pods = new ServiceV1(scope, `${id}-pods`, {
    metadata: { name: podsServiceName(props), namespace: workload.namespace, labels: { ...labels } },
    spec: {
      type: "ClusterIP",
      clusterIp: "None",
      selector: { ...labels },
      port: [{ name: "own", port: workload.port, targetPort: String(workload.port), protocol: "TCP" }],
      // Members find each other before they are ready.
      publishNotReadyAddresses: true,
    },
    dependsOn: nonEmpty(props.dependsOn),
  });
  return new (library().StatefulSetV1)(scope, id, {
    metadata: { name: deploymentName(props), namespace: workload.namespace, labels: { ...labels } },
    spec: {
      serviceName: podsServiceName(props),
      ...(workload.autoscaler === undefined ? { replicas: String(workload.replicas) } : {}),
      selector: { matchLabels: { ...labels } },
      podManagementPolicy: runs.podManagement,
      updateStrategy: [{ type: "RollingUpdate" }],
      template: podTemplate(props),
      volumeClaimTemplate: nonEmpty(claims),
      persistentVolumeClaimRetentionPolicy:
        claims.length === 0 ? undefined : [{ whenDeleted: runs.whenDeleted, whenScaled: runs.whenScaled }],
    },
    waitForRollout: true,
    timeouts: { create: "15m", update: "15m" },
    dependsOn: [...props.dependsOn, pods],
  });
}
