import type { DeploymentV1SpecTemplateSpecContainerVolumeMount as VolumeMount } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { StatefulSetV1SpecVolumeClaimTemplate as ClaimTemplate } from "@cdktf/provider-kubernetes/lib/stateful-set-v1";
import type { Workload } from "./schema";

function volumesOf({ runs }: Workload) {
  return runs.kind === "stateful-set" ? Object.entries(runs.volumes) : [];
}

/** Where the volumes of a StatefulSet's pods are mounted. */
export function claimMounts(workload: Workload): VolumeMount[] {
  return volumesOf(workload).map(([name, { mountPath }]) => ({ name, mountPath }));
}

/** Claims that a StatefulSet makes for each of its pods. */
export function claimTemplates(workload: Workload): ClaimTemplate[] {
  return volumesOf(workload).map(([name, { sizeGiB, storageClass, accessMode }]) => ({
    metadata: { name },
    spec: {
      accessModes: [accessMode],
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
      resources: { requests: { storage: `${sizeGiB}Gi` } },
    },
  }));
}
