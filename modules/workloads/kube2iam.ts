import type { Workload } from "./schema";

/** Annotation of pods that take a role through kube2iam. Source: kube2iam's README, "Kubernetes annotation". */
export function kube2iamPodAnnotations(workload: Workload): Readonly<Record<string, string>> {
  return workload.aws.kind === "kube2iam" ? { "iam.amazonaws.com/role": workload.aws.role } : {};
}

/**
 * Annotation of a namespace that names the roles its pods may take, and so, with kube2iam's namespace restrictions on,
 * the only ones they can. Source: kube2iam's README, "Namespace restrictions".
 */
export function kube2iamNamespaceAnnotations(workloads: readonly Workload[]): Readonly<Record<string, string>> {
  const roles = new Set(workloads.flatMap(({ aws }) => (aws.kind === "kube2iam" ? [aws.role] : [])));
  return roles.size === 0 ? {} : { "iam.amazonaws.com/allowed-roles": JSON.stringify([...roles].sort()) };
}
