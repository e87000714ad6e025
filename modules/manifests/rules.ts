import { formatPath, type Problem } from "../schema/problem";
import { identityOf } from "./objects";
import type { Manifests } from "./schema";

interface Declared {
  readonly manifests: Manifests;
}

function each(
  { manifests }: Declared,
  rule: (path: string, identity: ReturnType<typeof identityOf>) => readonly Problem[],
) {
  return Object.entries(manifests).flatMap(([name, { objects }]) =>
    objects.flatMap((object, index) => rule(formatPath(["manifests", name, "objects", index]), identityOf(object))),
  );
}

/** A value in a manifest is a value in Git, in every plan and in every state. */
export function manifestsHoldNoSecrets(environment: Declared): readonly Problem[] {
  return each(environment, (path, { apiVersion, kind, name }) =>
    apiVersion === "v1" && kind === "Secret"
      ? [
          {
            path,
            value: `Secret ${name}`,
            rule: "what it holds would stand in this file, in every plan and in the state",
            remedy:
              "keep it in Secrets Manager, turn `controllers.externalSecrets` on, and write an object of the kind ExternalSecret that names it",
          },
        ]
      : [],
  );
}

/** Namespaces have an option of their own, which Pod Security and workloads go by. */
export function manifestsMakeNoNamespaces(environment: Declared): readonly Problem[] {
  return each(environment, (path, { apiVersion, kind, name }) =>
    apiVersion === "v1" && kind === "Namespace"
      ? [
          {
            path,
            value: `Namespace ${name}`,
            rule: "a namespace is made once, before what stands in it, and Helm would take everything in it away with it",
            remedy: `write \`namespaces: { ${JSON.stringify(name)}: {} }\` with its labels and its Pod Security Standard`,
          },
        ]
      : [],
  );
}

/** Two releases that hold one object take it from each other at every apply. */
export function manifestObjectsUnique(environment: Declared): readonly Problem[] {
  const seen = new Map<string, string>();
  return Object.entries(environment.manifests).flatMap(([name, { objects, namespace: own }]) =>
    objects.flatMap((object, index): readonly Problem[] => {
      const { apiVersion, kind, namespace, name: called } = identityOf(object);
      const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
      const key = [group, kind, namespace ?? own, called].join(" ");
      const path = formatPath(["manifests", name, "objects", index]);
      const first = seen.get(key);
      seen.set(key, first ?? path);
      if (first === undefined) return [];
      return [
        {
          path,
          value: `${kind} ${called}`,
          rule: `${first} is the same object, and a cluster has one`,
          remedy: "take one of them out, or give it another name or namespace",
        },
      ];
    }),
  );
}
