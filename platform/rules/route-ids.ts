import { clashes } from "../../modules/schema/clashes";
import { formatPath, type Problem } from "../../modules/schema/problem";
import type { Environment } from "../environment";
import { routeId, routesWithFacts } from "../route";

/** The address of a route in Terraform comes from what it is called, so two of a workload are called differently. */
export function routesToldApart({ workloads }: Pick<Environment, "workloads">): readonly Problem[] {
  return clashes(
    routesWithFacts({ workloads }),
    ({ owner, route, facts }) => `${owner.name} ${routeId(route, facts)}`,
    ({ path, route, facts }, first) =>
      // Of one kind, the objects themselves clash, and another rule says so.
      facts.object !== undefined && facts.object.kind === first.facts.object?.kind
        ? undefined
        : {
            path: formatPath([...path, "name"]),
            value: route.name,
            rule: `${formatPath(first.path)} is called the same, and their addresses in Terraform would be one`,
            remedy: "give this one a `name` of its own; the other keeps its address",
          },
  );
}
