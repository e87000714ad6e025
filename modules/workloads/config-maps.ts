import { createHash } from "node:crypto";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type {
  DeploymentV1SpecTemplateSpecVolume as Volume,
  DeploymentV1SpecTemplateSpecContainerVolumeMount as VolumeMount,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { nonEmpty } from "./non-empty";
import type { Workload } from "./schema";

export function makeConfigMaps(
  scope: Construct,
  workload: Workload,
  dependsOn: readonly ITerraformDependable[],
): readonly ConfigMapV1[] {
  return Object.entries(workload.configMaps).map(
    ([name, { data }]) =>
      new ConfigMapV1(scope, `config-map_${name}`, {
        metadata: { name, namespace: workload.namespace },
        data,
        dependsOn: nonEmpty(dependsOn),
      }),
  );
}

function sorted<Value>(record: Readonly<Record<string, Value>>): readonly (readonly [string, Value])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * SHA-256 of all that a workload's ConfigMaps hold, whatever the order of their keys; undefined without any. In the pod
 * template it makes a change of content a change of pods, which a mounted file alone is not.
 */
export function configMapsChecksum(workload: Workload): string | undefined {
  const contents = sorted(workload.configMaps).map(([name, { data }]) => [name, sorted(data)]);
  if (contents.length === 0) return undefined;
  return createHash("sha256").update(JSON.stringify(contents)).digest("hex");
}

/** Volumes of the ConfigMaps that are mounted. */
export function configMapVolumes(
  workload: Workload,
): readonly { readonly volume: Volume; readonly mount: VolumeMount }[] {
  return Object.entries(workload.configMaps).flatMap(([name, { data, paths, mountPath }], index) => {
    if (mountPath === undefined) return [];
    const volumeName = `config-map-${index}`;
    // A list of items leaves out every key that is not in it.
    const items = Object.keys(data).map((key) => ({ key, path: paths[key] ?? key }));
    const renamed = Object.keys(paths).length > 0;
    return [
      {
        volume: { name: volumeName, configMap: { name, ...(renamed ? { items } : {}) } },
        mount: { name: volumeName, mountPath, readOnly: true },
      },
    ];
  });
}
