import { circleThrough } from "../../modules/releases/order";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { allOf, nearest } from "../../modules/schema/suggest";
import type { Environment } from "../environment";
import { controllerNames, controllerNamespace } from "../install-controllers";
import { installations } from "../install-others";

/** What an installation waits for is there, and is not itself. */
export function installationsWaitForWhatIsThere(environment: Environment): readonly Problem[] {
  const table = installations(environment);
  const known = [
    ...controllerNames(environment.controllers).map((name) => `controllers.${name}`),
    ...Object.keys(table),
  ];
  const inApps = Object.entries(environment.manifests).filter(([, { stack }]) => stack === "apps");
  return [
    ...Object.entries(table).flatMap(([name, { after }]) =>
      after.flatMap((other, index): readonly Problem[] => {
        const path = formatPath([...name.split("."), "after", index]);
        if (!known.includes(other)) {
          const meant = nearest(other, known);
          return [
            {
              path,
              value: other,
              rule: "the environment installs no such thing in its controllers stack",
              remedy:
                meant !== undefined
                  ? `did you mean \`${meant}\`?`
                  : known.length > 1
                    ? `write one of ${allOf(known.filter((one) => one !== name))}, or take it out`
                    : "take it out",
            },
          ];
        }
        const circle = other === name ? [name, name] : circleThrough(table, name);
        if (circle === undefined || circle[1] !== other) return [];
        return [
          {
            path,
            value: other,
            rule: `they wait for each other: ${circle.join(" -> ")}`,
            remedy: "take one of these out of the other's `after`",
          },
        ];
      }),
    ),
    ...inApps.flatMap(([name, { after }]) =>
      after.length === 0
        ? []
        : [
            {
              path: formatPath(["manifests", name, "after"]),
              value: after,
              rule: "the apps stack comes after all of the controllers stack, and nothing in it has an order of its own",
              remedy: 'take `after` out, or write `stack: "controllers"`',
            },
          ],
    ),
  ];
}

/** Helm knows a release by its name and namespace; two of one take the other's objects away. */
export function otherReleasesUnique({ controllers, manifests, releases }: Environment): readonly Problem[] {
  const taken = new Map<string, string>();
  const problems: Problem[] = [];
  const all = [
    ...Object.entries(releases).map(([name, { namespace }]) => ({ path: ["releases", name], name, namespace })),
    ...Object.entries(manifests).map(([name, { namespace }]) => ({ path: ["manifests", name], name, namespace })),
  ];
  const owned = new Set(controllerNames(controllers).map((name) => controllerNamespace(name, controllers)));
  for (const { path, name, namespace } of all) {
    const key = `${namespace}/${name}`;
    const first = taken.get(key);
    taken.set(key, first ?? formatPath(path));
    if (first !== undefined) {
      problems.push({
        path: formatPath(path),
        value: name,
        rule: `${first} is a release of the same name in the namespace ${namespace}, and Helm would take them for one`,
        remedy: "rename one of them",
      });
    }
    if (path[0] === "releases" && owned.has(namespace) && namespace !== "kube-system") {
      problems.push({
        path: formatPath([...path, "namespace"]),
        value: namespace,
        rule: "a controller of the environment has this namespace, and its pods would share it with a chart that nobody here knows",
        remedy: "write a namespace of the chart's own",
      });
    }
  }
  return problems;
}
