import { clashes } from "../../schema/clashes";
import { at, ofEachWorkload } from "./rule";

/** Bytes of all values together. Source: kubernetes.io, "ConfigMaps": "The data stored in a ConfigMap cannot exceed 1 MiB." */
const configMapLimit = 2 ** 20;

export const configMapSize = ofEachWorkload((name, { configMaps }) =>
  Object.entries(configMaps).flatMap(([configMap, { data }]) => {
    const size = Object.values(data).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (size <= configMapLimit) return [];
    return [
      {
        path: at(name, "configMaps", configMap),
        value: `${size} bytes`,
        rule: "a ConfigMap holds at most 1 MiB",
        remedy: "split it, or put the files into the image",
      },
    ];
  }),
);

export const pathsOfKnownKeys = ofEachWorkload((name, { configMaps }) =>
  Object.entries(configMaps).flatMap(([configMap, { data, paths }]) =>
    Object.keys(paths)
      .filter((key) => data[key] === undefined)
      .map((key) => ({
        path: at(name, "configMaps", configMap, "paths", key),
        value: paths[key],
        rule: `the ConfigMap has no key ${key}, so the pods would not start`,
        remedy: `write one of its keys: ${Object.keys(data).join(", ")}`,
      })),
  ),
);

/** One place takes one mount. Source: Kubernetes API, Container.volumeMounts: "must be unique". */
export const mountsUnique = ofEachWorkload((name, { configMaps, temporaryDirectories, runs }) => {
  const mounts = [
    ...Object.entries(configMaps).map(([configMap, { mountPath }]) => ({
      path: at(name, "configMaps", configMap, "mountPath"),
      mountPath,
    })),
    ...(runs.kind === "stateful-set" ? Object.entries(runs.volumes) : []).map(([volume, { mountPath }]) => ({
      path: at(name, "runs", "volumes", volume, "mountPath"),
      mountPath,
    })),
    ...temporaryDirectories.map((mountPath, index) => ({ path: at(name, "temporaryDirectories", index), mountPath })),
  ];
  return clashes(
    mounts,
    ({ mountPath }) => mountPath?.replace(/(?<=.)\/+$/, ""),
    ({ path, mountPath }, first) => ({
      path,
      value: mountPath,
      rule: `${first.path} is mounted there already, and one place takes one mount`,
      remedy: "mount it elsewhere, or put all files into one ConfigMap",
    }),
  );
});
