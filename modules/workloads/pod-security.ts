import type { Workload } from "./schema";

/** Pod Security Standards, the strictest first. Source: kubernetes.io, "Pod Security Standards". */
export const podSecurityStandards = ["restricted", "baseline", "privileged"] as const;
export type PodSecurityStandard = (typeof podSecurityStandards)[number];

/** The strictest standard that all of the workloads pass. */
export function strictestStandard(workloads: readonly Workload[]): PodSecurityStandard {
  const needed = new Set(workloads.map(({ security }) => security.kind));
  return podSecurityStandards.findLast((standard) => needed.has(standard)) ?? "restricted";
}

/** Labels by which Pod Security admission refuses, logs and warns of pods below the standard. */
export function podSecurityLabels(standard: PodSecurityStandard): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, standard]),
  );
}
