import { apiRoutes } from "../../modules/api-gateway/declared-routes";
import { reverseProxyName } from "../../modules/api-gateway/reverse-proxy-name";
import { clashes } from "../../modules/schema/clashes";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { deploymentName } from "../../modules/workloads/deployment";
import { at } from "../../modules/workloads/rules/rule";
import { isJob } from "../../modules/workloads/run-schema";
import { workloadServiceName } from "../../modules/workloads/service";
import { makesServiceAccount, serviceAccountOf } from "../../modules/workloads/service-account";
import { podsServiceName } from "../../modules/workloads/stateful-set";
import type { Environment } from "../environment";
import { routesWithFacts } from "../route";

interface NamedObject {
  readonly path: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const kinds = { deployment: "Deployment", "stateful-set": "StatefulSet", job: "Job", "cron-job": "CronJob" } as const;

function objectsOf(name: string, workload: Environment["workloads"][string]): readonly NamedObject[] {
  const { namespace } = workload;
  const serviceAccount = serviceAccountOf(name, workload);
  const objects = [
    {
      path: at(name, "names", "deployment"),
      kind: kinds[workload.runs.kind],
      name: deploymentName({ name, workload }),
    },
    ...(isJob(workload.runs)
      ? []
      : [{ path: at(name, "names", "service"), kind: "Service", name: workloadServiceName({ name, workload }) }]),
    ...(workload.runs.kind === "stateful-set"
      ? [{ path: at(name, "names", "service"), kind: "Service", name: podsServiceName({ name, workload }) }]
      : []),
    ...(serviceAccount !== undefined && makesServiceAccount(name, workload)
      ? [{ path: at(name, "serviceAccount"), kind: "ServiceAccount", name: serviceAccount }]
      : []),
    ...Object.keys(workload.configMaps).map((configMap) => ({
      path: at(name, "configMaps", configMap),
      kind: "ConfigMap",
      name: configMap,
    })),
    ...routesWithFacts({ workloads: { [name]: workload } }).flatMap(({ path, facts: { object } }) =>
      object === undefined ? [] : [{ path: formatPath([...path, "name"]), ...object }],
    ),
  ];
  return objects.map((object) => ({ ...object, namespace }));
}

/** nginx before the workloads of an API is a workload itself. */
function objectsOfProxies(environment: Pick<Environment, "apis" | "workloads">): readonly NamedObject[] {
  return Object.entries(environment.apis).flatMap(([api, options]) => {
    const first = apiRoutes(environment).find(
      ({ route }) => route.api === api && route.integration.kind === "workload",
    );
    if (first === undefined || options.kind !== "rest" || options.reverseProxy.kind === "off") return [];
    const { namespace } = first;
    return ["Deployment", "Service", "ConfigMap"].map((kind) => ({
      path: formatPath(["apis", api, "reverseProxy"]),
      kind,
      namespace,
      name: reverseProxyName(api),
    }));
  });
}

/** A namespace has one object of a kind and name: Kubernetes refuses the second. */
export function objectNamesUnique(environment: Pick<Environment, "apis" | "workloads">): readonly Problem[] {
  return clashes(
    [
      ...objectsOfProxies(environment),
      ...Object.entries(environment.workloads).flatMap(([name, workload]) => objectsOf(name, workload)),
    ],
    ({ kind, namespace, name }) => `${kind} ${namespace}/${name}`,
    ({ path, kind, namespace, name }, first) => ({
      path,
      value: name,
      rule: `the namespace ${namespace} would have two objects of kind ${kind} with this name; ${first.path} makes the other`,
      remedy: "give one of them another name",
    }),
  );
}
