import { meant } from "../../modules/schema/meant";
import { formatPath, formatValue, type Problem } from "../../modules/schema/problem";
import { allOf } from "../../modules/schema/suggest";
import { podSecurityStandards } from "../../modules/workloads/pod-security";
import type { Environment } from "../environment";

export function imagesFromKnownRepositories({ registry, workloads }: Environment): readonly Problem[] {
  const known = Object.keys(registry.repositories);
  return Object.entries(workloads).flatMap(([name, { image }]) => {
    if (!("repository" in image) || known.includes(image.repository)) return [];
    return [
      {
        path: formatPath(["workloads", name, "image", "repository"]),
        value: image.repository,
        rule: "`repository` names one of the environment's own ECR repositories, and there is none of this name",
        remedy: meant(
          image.repository,
          known,
          `add \`${JSON.stringify(image.repository)}: {}\` to \`registry.repositories\`, or write \`name\` for an image of elsewhere`,
        ),
      },
    ];
  });
}

/** A pod that names a key nobody has never starts. Secrets come from elsewhere, so they cannot be checked. */
export function configMapKeysExist({ workloads }: Environment): readonly Problem[] {
  return Object.entries(workloads).flatMap(([name, { namespace, environment }]) => {
    const neighbours = Object.values(workloads).filter((other) => other.namespace === namespace);
    const configMaps: Environment["workloads"][string]["configMaps"] = Object.assign(
      {},
      ...neighbours.map((other) => other.configMaps),
    );
    return Object.entries(environment).flatMap(([variable, value]) => {
      if (typeof value === "string" || !("configMap" in value)) return [];
      const path = ["workloads", name, "environment", variable];
      const data = configMaps[value.configMap]?.data;
      if (data === undefined) {
        return [
          {
            path: formatPath([...path, "configMap"]),
            value: value.configMap,
            rule: `no workload of the namespace ${namespace} declares this ConfigMap, so the pods would wait for it for ever`,
            remedy: meant(
              value.configMap,
              Object.keys(configMaps),
              "declare it in the `configMaps` of a workload there",
            ),
          },
        ];
      }
      if (data[value.key] !== undefined) return [];
      return [
        {
          path: formatPath([...path, "key"]),
          value: value.key,
          rule: `the ConfigMap ${value.configMap} has no such key, so the pods would not start`,
          remedy: meant(value.key, Object.keys(data), `write one of its keys: ${allOf(Object.keys(data))}`),
        },
      ];
    });
  });
}

/** Paths of a ConfigMap that is not mounted lead nowhere. */
export function pathsOfMountedConfigMaps({ workloads }: Environment): readonly Problem[] {
  return Object.entries(workloads).flatMap(([name, { configMaps }]) =>
    Object.entries(configMaps).flatMap(([configMap, { mountPath, paths }]) =>
      mountPath !== undefined || Object.keys(paths).length === 0
        ? []
        : [
            {
              path: formatPath(["workloads", name, "configMaps", configMap, "paths"]),
              value: paths,
              rule: "they lie below `mountPath`, and there is none, so nothing would be mounted",
              remedy: 'add `mountPath: "/etc/..."`, or take the paths out',
            },
          ],
    ),
  );
}

/** Source: kubernetes.io, "Pod Security Admission". */
export function podSecurityAdmitsWorkloads({ namespaces, workloads }: Environment): readonly Problem[] {
  const strictness = (standard: (typeof podSecurityStandards)[number]) => podSecurityStandards.indexOf(standard);
  return Object.entries(namespaces).flatMap(([namespace, { podSecurity }]) => {
    if (podSecurity === undefined) return [];
    const refused = Object.entries(workloads).filter(
      ([, workload]) =>
        workload.namespace === namespace && strictness(workload.security.kind) > strictness(podSecurity),
    );
    const widest = podSecurityStandards.findLast((standard) =>
      refused.some(([, { security }]) => security.kind === standard),
    );
    if (widest === undefined) return [];
    const names = refused.map(([name, { security }]) => `${name} (${security.kind})`);
    return [
      {
        path: formatPath(["namespaces", namespace, "podSecurity"]),
        value: podSecurity,
        rule: `Kubernetes would refuse the pods of ${allOf(names)} there`,
        remedy: `write \`podSecurity: ${formatValue(widest)}\`, take the line out, or tighten the \`security\` of these workloads`,
      },
    ];
  });
}

/** A pod gets only a role that kube2iam may hand out, and only where kube2iam is. */
export function kube2iamHandsOutRoles({ controllers, identity, workloads }: Environment): readonly Problem[] {
  const known = Object.keys(identity.kube2iamRoles);
  return Object.entries(workloads).flatMap(([name, { aws }]) => {
    if (aws.kind !== "kube2iam") return [];
    const absent = {
      path: formatPath(["workloads", name, "aws", "kind"]),
      value: aws.kind,
      rule: "`controllers.kube2iam` gives pods such a role, and it is not enabled",
      remedy: "add `kube2iam: {}` to `controllers`",
    };
    const problems = controllers.kube2iam === undefined ? [absent] : [];
    if (known.includes(aws.role)) return problems;
    return [
      ...problems,
      {
        path: formatPath(["workloads", name, "aws", "role"]),
        value: aws.role,
        rule: "the nodes may assume the roles of `identity.kube2iamRoles` and no others, and this is none of them",
        remedy: meant(aws.role, known, `add \`${JSON.stringify(aws.role)}: { ... }\` to \`identity.kube2iamRoles\``),
      },
    ];
  });
}
