import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { workloadLabels } from "./labels";
import { nonEmpty } from "./non-empty";
import type { Workload } from "./schema";

export interface WorkloadServiceProps {
  /** Name of the workload. */
  readonly name: string;
  readonly workload: Workload;
}

/** Name of the Service of a workload. */
export function workloadServiceName({ name, workload }: WorkloadServiceProps): string {
  return workload.names.service ?? name;
}

/** The address of a workload inside the cluster. Ways from outside are doors of their own. */
export function makeService(
  scope: Construct,
  id: string,
  props: WorkloadServiceProps & { readonly dependsOn: readonly ITerraformDependable[] },
): ServiceV1 {
  const { name, workload } = props;
  const labels = workloadLabels(name, workload);
  const more = Object.entries(workload.morePorts);
  return new ServiceV1(scope, id, {
    metadata: { name: workloadServiceName(props), namespace: workload.namespace, labels: { ...labels } },
    spec: {
      type: "ClusterIP",
      selector: { ...labels },
      port: [
        // Of several, each has a name.
        {
          ...(more.length === 0 ? {} : { name: "own" }),
          port: workload.servicePort,
          targetPort: String(workload.port),
          protocol: "TCP",
        },
        ...more.map(([portName, { port, servicePort = port, protocol }]) => ({
          name: portName,
          port: servicePort,
          targetPort: String(port),
          protocol,
        })),
      ],
    },
    dependsOn: nonEmpty(props.dependsOn),
  });
}
