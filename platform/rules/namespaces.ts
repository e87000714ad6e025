import { builtInNamespaces } from "../../modules/kubernetes/built-in-namespaces";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { at } from "../../modules/workloads/rules/rule";
import type { Environment } from "../environment";
import { controllerNames, controllerNamespace } from "../install-controllers";

/** The controllers stack makes the namespaces of its controllers; who makes one a second time fails. */
export function namespacesOfOurOwn({
  controllers,
  manifests,
  namespaces,
  releases,
  workloads,
}: Pick<Environment, "controllers" | "manifests" | "namespaces" | "releases" | "workloads">): readonly Problem[] {
  const owners = new Map<string | undefined, string>([
    ...Object.entries(manifests).flatMap(([name, { namespace, stack }]) =>
      stack === "controllers" ? [[namespace, formatPath(["manifests", name])] as const] : [],
    ),
    ...Object.entries(releases).map(([name, { namespace }]) => [namespace, formatPath(["releases", name])] as const),
    ...controllerNames(controllers).map(
      (name) => [controllerNamespace(name, controllers), `controllers.${name}`] as const,
    ),
  ]);
  const named = [
    ...Object.keys(namespaces).map((namespace) => ({ path: formatPath(["namespaces", namespace]), namespace })),
    ...Object.entries(workloads).map(([name, { namespace }]) => ({ path: at(name, "namespace"), namespace })),
  ];
  return named.flatMap(({ path, namespace }) => {
    const owner = owners.get(namespace);
    if (owner === undefined || builtInNamespaces.includes(namespace)) return [];
    return [
      {
        path,
        value: namespace,
        rule: `the release of ${owner} makes this namespace, and a namespace is made once`,
        remedy: "use a namespace that nothing of the controllers stack has",
      },
    ];
  });
}
