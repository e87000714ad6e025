import { meant } from "../../modules/schema/meant";
import { formatPath, formatValue, type Problem } from "../../modules/schema/problem";
import { eachRoute } from "../../modules/workloads/routes";
import type { Environment } from "../environment";

/** A route leads to Services of its own namespace. Source: Gateway API, "ReferenceGrant"; Kubernetes API, IngressBackend. */
export function canariesAreNeighbours({ workloads }: Pick<Environment, "workloads">): readonly Problem[] {
  const known = Object.keys(workloads);
  return eachRoute(workloads).flatMap(({ path, owner, route }): readonly Problem[] => {
    const name = "canary" in route ? route.canary?.workload : undefined;
    if (name === undefined) return [];
    const at = { path: formatPath([...path, "canary", "workload"]), value: name };
    const other = workloads[name];
    if (other === undefined || name === owner.name) {
      return [
        {
          ...at,
          rule:
            name === owner.name ? "it is the route's own workload, which has the rest" : "it is none of the workloads",
          remedy: meant(
            name,
            known.filter((one) => one !== owner.name),
            "name another workload of the same namespace",
          ),
        },
      ];
    }
    if (other.namespace === owner.namespace) return [];
    return [
      {
        ...at,
        rule: `it is of the namespace ${other.namespace}, and a route of ${owner.namespace} leads to Services there alone`,
        remedy: `give the workload the namespace ${formatValue(owner.namespace)}`,
      },
    ];
  });
}
