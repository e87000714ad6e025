import type { KubernetesApi } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import { z } from "zod";

const deploymentSchema = z.looseObject({
  spec: z.looseObject({
    strategy: z.looseObject({}),
    template: z.looseObject({ spec: z.looseObject({ containers: z.array(z.looseObject({ image: z.string() })) }) }),
  }),
});

/** Label of a namespace whose new pods wait until the load balancer controller says that their targets are healthy. */
const readinessGate = "elbv2.k8s.aws/pod-readiness-gate-inject";

const allAtOnce = { rollingUpdate: { maxSurge: 0, maxUnavailable: "100%" } };

/**
 * Takes from a Deployment, which is named as its namespace, what keeps a rollout from losing requests: the readiness gate
 * when pods come, preStop when they go, and those that stay meanwhile.
 *
 * @param image another image. Default: the one it has
 * @returns what undoes it
 */
export async function withoutGates(api: KubernetesApi, workload: string, image?: string): Promise<() => Promise<void>> {
  const path = `/apis/apps/v1/namespaces/${workload}/deployments/${workload}`;
  const namespace = `/api/v1/namespaces/${workload}`;
  const { spec } = deploymentSchema.parse(await api.get(path));
  const { containers } = spec.template.spec;
  const changed = containers.map(({ lifecycle: _, ...container }) => ({
    ...container,
    image: image ?? container.image,
  }));
  await api.mergePatch(namespace, { metadata: { labels: { [readinessGate]: null } } });
  await api.mergePatch(path, { spec: { strategy: allAtOnce, template: { spec: { containers: changed } } } });
  return async () => {
    await api.mergePatch(namespace, { metadata: { labels: { [readinessGate]: "enabled" } } });
    await api.mergePatch(path, { spec: { strategy: spec.strategy, template: { spec: { containers } } } });
  };
}

const podSchema = z.looseObject({
  status: z.looseObject({
    containerStatuses: z
      .array(z.looseObject({ state: z.looseObject({ waiting: z.looseObject({ reason: z.string() }).optional() }) }))
      .optional(),
  }),
});

/** Why containers of a workload wait. */
export async function waitingReasons(api: KubernetesApi, workload: string): Promise<readonly string[]> {
  const pods = (await api.list(`/api/v1/namespaces/${workload}/pods`))?.items ?? [];
  const statuses = pods.flatMap((pod) => podSchema.parse(pod).status.containerStatuses ?? []);
  return [...new Set(statuses.flatMap(({ state }) => (state.waiting === undefined ? [] : [state.waiting.reason])))];
}
