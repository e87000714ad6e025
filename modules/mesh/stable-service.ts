import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { MeshProps } from "./made-mesh";
import { commonLabels, workloadOf } from "./members";

/**
 * The Service of a mesh's service, over the pods of all its versions: what gives its name an address in the cluster.
 * Callers outside the mesh reach the versions through it too, without weights.
 */
export function makeStableServices(
  scope: Construct,
  { mesh, workloads, dependsOn }: MeshProps,
): readonly ITerraformDependable[] {
  return Object.entries(mesh.services).map(([name, service]) => {
    const labels = { ...commonLabels(service, workloads) };
    const [first] = service.versions;
    if (first === undefined) throw new Error(`mesh.services.${name} has no version`);
    return new ServiceV1(scope, `service_${name}`, {
      metadata: { name, namespace: mesh.namespace, labels },
      spec: {
        type: "ClusterIP",
        selector: labels,
        port: [{ port: service.port, targetPort: String(workloadOf(workloads, first.workload).port), protocol: "TCP" }],
      },
      dependsOn: [...dependsOn],
    });
  });
}
