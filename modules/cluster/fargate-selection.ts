import type { ClusterOptions } from "./schema";

/** What a Fargate profile decides by. */
export interface PodPlace {
  readonly namespace: string;
  /** Default: no labels. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** `*` stands for any text and `?` for one character, as in EKS's selectors. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`).test(text);
}

/** Whether one of the cluster's Fargate profiles selects a pod. */
export function onFargate(cluster: Pick<ClusterOptions, "fargateProfiles">, pod: PodPlace): boolean {
  const labels = pod.labels ?? {};
  return Object.values(cluster.fargateProfiles).some((profile) =>
    profile.selectors.some(
      (selector) =>
        matches(selector.namespace, pod.namespace) &&
        Object.entries(selector.labels).every(([key, value]) => matches(value, labels[key] ?? "")),
    ),
  );
}
