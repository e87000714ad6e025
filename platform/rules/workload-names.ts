import type { Problem } from "../../modules/schema/problem";
import { deploymentName } from "../../modules/workloads/deployment";
import { at, type Declared, type WorkloadRule } from "../../modules/workloads/rules/rule";
import { workloadServiceName } from "../../modules/workloads/service";
import { makesServiceAccount, serviceAccountOf } from "../../modules/workloads/service-account";
import { routeFacts } from "../route";

/** Services and addresses in Terraform begin with a letter. */
export const nameBeginsWithLetter: WorkloadRule = (name) => {
  if (/^[a-z]/.test(name)) return [];
  return [
    {
      path: at(name),
      value: name,
      rule: "the name becomes a Service and a resource address in Terraform, and both begin with a letter",
      remedy: `write a letter in front, such as app-${name}`,
    },
  ];
};

interface NamedObject {
  readonly path: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

function objectsOf(name: string, workload: Declared["workloads"][string]): readonly NamedObject[] {
  const { namespace } = workload;
  const serviceAccount = serviceAccountOf(name, workload);
  const objects = [
    { path: at(name, "names", "deployment"), kind: "Deployment", name: deploymentName({ name, workload }) },
    { path: at(name, "names", "service"), kind: "Service", name: workloadServiceName({ name, workload }) },
    ...(serviceAccount !== undefined && makesServiceAccount(name, workload)
      ? [{ path: at(name, "serviceAccount"), kind: "ServiceAccount", name: serviceAccount }]
      : []),
    ...Object.keys(workload.configMaps).map((configMap) => ({
      path: at(name, "configMaps", configMap),
      kind: "ConfigMap",
      name: configMap,
    })),
    ...workload.routes.flatMap((route, index) => {
      const { object } = routeFacts(route, { name, namespace });
      return object === undefined ? [] : [{ path: at(name, "routes", index, "name"), ...object }];
    }),
  ];
  return objects.map((object) => ({ ...object, namespace }));
}

/** A namespace has one object of a kind and name: Kubernetes refuses the second. */
export function objectNames({ workloads }: Declared): readonly Problem[] {
  const taken = new Map<string, string>();
  return Object.entries(workloads)
    .flatMap(([name, workload]) => objectsOf(name, workload))
    .flatMap(({ path, kind, namespace, name }) => {
      const key = `${kind} ${namespace}/${name}`;
      const first = taken.get(key);
      if (first === undefined) {
        taken.set(key, path);
        return [];
      }
      return [
        {
          path,
          value: name,
          rule: `the namespace ${namespace} would have two objects of kind ${kind} with this name; ${first} makes the other`,
          remedy: "give one of them another name",
        },
      ];
    });
}
