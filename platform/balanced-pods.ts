import { balancedByMesh } from "../modules/mesh/balanced";
import type { Environment } from "./environment";
import { routesWithFacts } from "./route";

/** Pods that load balancers send straight to. */
export interface BalancedPods {
  /** Workloads by name. */
  readonly workloads: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
}

export function balancedPods(environment: Environment): BalancedPods {
  const owners = routesWithFacts(environment)
    .filter(({ facts }) => facts.podsAreTargets)
    .flatMap(({ owner, route }) => {
      const canary = "canary" in route ? route.canary?.workload : undefined;
      return [owner, ...(canary === undefined ? [] : [{ name: canary, namespace: owner.namespace }])];
    });
  const mesh = balancedByMesh(environment.mesh);
  return {
    workloads: new Set([...owners.map(({ name }) => name), ...mesh.workloads]),
    namespaces: new Set([...owners.map(({ namespace }) => namespace), ...mesh.namespaces]),
  };
}
