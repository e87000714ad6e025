import { assertNever } from "../schema/assert-never";
import type { Mesh } from "./schema";

/** Workloads and namespaces whose pods the load balancer of a mesh's gateway sends to. */
export function balancedByMesh(mesh: Mesh | undefined): {
  readonly workloads: readonly string[];
  readonly namespaces: readonly string[];
} {
  const gateway = mesh?.gateway;
  if (mesh === undefined || gateway === undefined) return { workloads: [], namespaces: [] };
  const namespaces = [mesh.namespace];
  const { kind } = mesh;
  switch (kind) {
    case "app-mesh":
      // To the gateway's own Envoys.
      return { workloads: [], namespaces };
    case "lattice":
      return {
        workloads: gateway.routes.flatMap(({ service }) =>
          (mesh.services[service]?.versions ?? []).map(({ workload }) => workload),
        ),
        namespaces,
      };
    default:
      return assertNever("kind of mesh", kind);
  }
}
