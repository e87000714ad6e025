import { deploymentName } from "../modules/workloads/deployment";
import { workloadLabels } from "../modules/workloads/labels";
import { workloadServiceName } from "../modules/workloads/service";
import { serviceAccountOf } from "../modules/workloads/service-account";
import type { Environment } from "./environment";
import { routeFacts } from "./route";

/** A workload with the defaults that follow from its name. */
function namedWorkload(name: string, workload: Environment["workloads"][string]) {
  return {
    ...workload,
    names: {
      deployment: deploymentName({ name, workload }),
      container: workload.names.container ?? name,
      service: workloadServiceName({ name, workload }),
    },
    labels: workloadLabels(name, workload),
    serviceAccount: workload.serviceAccount ?? serviceAccountOf(name, workload),
    routes: workload.routes.map((route) => ({
      ...route,
      name: routeFacts(route, { name, namespace: workload.namespace }).object?.name,
    })),
  };
}

/** What the stacks make of an environment, for people to read: also what follows from names and from other options. */
export function effectiveConfiguration(environment: Environment) {
  const { aws, state, workloads } = environment;
  return {
    ...environment,
    state: state.kind === "s3" ? { ...state, region: state.region ?? aws.region } : state,
    workloads: Object.fromEntries(
      Object.entries(workloads).map(([name, workload]) => [name, namedWorkload(name, workload)]),
    ),
  };
}
