import { meant } from "../../schema/meant";
import { formatPath, type Problem } from "../../schema/problem";
import { allOf } from "../../schema/suggest";
import type { Workload } from "../schema";
import type { Declared } from "./rule";

/** A pod that names a key nobody has never starts. Secrets come from elsewhere, so they cannot be checked. */
export function configMapKeysExist({ workloads }: Declared): readonly Problem[] {
  return Object.entries(workloads).flatMap(([name, { namespace, environment }]) => {
    const neighbours = Object.values(workloads).filter((other) => other.namespace === namespace);
    const configMaps: Workload["configMaps"] = Object.assign({}, ...neighbours.map((other) => other.configMaps));
    return Object.entries(environment).flatMap(([variable, value]) => {
      if (typeof value === "string" || !("configMap" in value)) return [];
      const path = ["workloads", name, "environment", variable];
      const data = configMaps[value.configMap]?.data;
      if (data === undefined) {
        return [
          {
            path: formatPath([...path, "configMap"]),
            value: value.configMap,
            rule: `no workload of the namespace ${namespace} declares this ConfigMap, so the pods would wait for it forever`,
            remedy: meant(
              value.configMap,
              Object.keys(configMaps),
              "declare it in the `configMaps` of a workload there",
            ),
          },
        ];
      }
      if (data[value.key] !== undefined) return [];
      return [
        {
          path: formatPath([...path, "key"]),
          value: value.key,
          rule: `the ConfigMap ${value.configMap} has no such key, so the pods would not start`,
          remedy: meant(value.key, Object.keys(data), `write one of its keys: ${allOf(Object.keys(data))}`),
        },
      ];
    });
  });
}

/** Paths of a ConfigMap that is not mounted lead nowhere. */
export function pathsOfMountedConfigMaps({ workloads }: Declared): readonly Problem[] {
  return Object.entries(workloads).flatMap(([name, { configMaps }]) =>
    Object.entries(configMaps).flatMap(([configMap, { mountPath, paths }]) =>
      mountPath !== undefined || Object.keys(paths).length === 0
        ? []
        : [
            {
              path: formatPath(["workloads", name, "configMaps", configMap, "paths"]),
              value: paths,
              rule: "they lie below `mountPath`, and there is none, so nothing would be mounted",
              remedy: 'add `mountPath: "/etc/..."`, or take the paths out',
            },
          ],
    ),
  );
}
