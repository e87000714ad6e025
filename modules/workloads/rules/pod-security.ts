import { formatPath, formatValue, type Problem } from "../../schema/problem";
import { allOf } from "../../schema/suggest";
import { podSecurityStandards } from "../pod-security";
import type { Namespaces } from "../schema";
import type { Declared } from "./rule";

/** Source: kubernetes.io, "Pod Security Admission". */
export function podSecurityAdmitsWorkloads({
  namespaces,
  workloads,
}: Declared & { readonly namespaces: Namespaces }): readonly Problem[] {
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
