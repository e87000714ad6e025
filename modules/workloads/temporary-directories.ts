import type {
  DeploymentV1SpecTemplateSpecVolume as Volume,
  DeploymentV1SpecTemplateSpecContainerVolumeMount as VolumeMount,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { Workload } from "./schema";

/** Empty directories that live as long as their pod. */
export function temporaryDirectories(
  workload: Workload,
): readonly { readonly volume: Volume; readonly mount: VolumeMount }[] {
  return workload.temporaryDirectories.map((mountPath, index) => {
    const name = `temporary-directory-${index}`;
    return { volume: { name, emptyDir: {} }, mount: { name, mountPath } };
  });
}
