import type { KubernetesApi } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import { until } from "@ingress-foundry/sandbox/waiting";
import { z } from "zod";

const nodes = "/api/v1/nodes";
const nodeSchema = z.looseObject({ spec: z.looseObject({ unschedulable: z.boolean().default(false) }) });
const deploymentSchema = z.looseObject({
  spec: z.looseObject({ selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()) }) }),
  status: z.looseObject({ readyReplicas: z.number().default(0) }),
});

/** Closes every node for new pods, as `kubectl cordon` does. Those that join later are open. */
export async function closeNodes(api: KubernetesApi): Promise<void> {
  await setUnschedulable(api, true);
}

/** Opens every node again. */
export async function openNodes(api: KubernetesApi): Promise<void> {
  await setUnschedulable(api, false);
}

async function setUnschedulable(api: KubernetesApi, unschedulable: boolean): Promise<void> {
  for (const node of (await api.list(nodes))?.items ?? []) {
    if (nodeSchema.parse(node).spec.unschedulable !== unschedulable) {
      await api.mergePatch(`${nodes}/${node.metadata.name}`, { spec: { unschedulable } });
    }
  }
}

/** The Helm releases that have a Deployment, as `<namespace>/<name>`. */
export async function releasesWithPods(api: KubernetesApi): Promise<readonly string[]> {
  return (await deployments(api)).map(({ release }) => release);
}

/**
 * Deletes the pods of a release, and waits until it has none that is ready. While the nodes are closed no other takes
 * their place.
 *
 * @param release `<namespace>/<name>`
 */
export async function deletePods(api: KubernetesApi, release: string): Promise<void> {
  for (const { path, namespace, labelSelector } of (await deployments(api)).filter((one) => one.release === release)) {
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    for (const { metadata } of (await api.list(pods, { labelSelector }))?.items ?? []) {
      await api.delete(`${pods}/${metadata.name}`);
    }
    await until(`${path} to have no pod that is ready`, 60, async () => {
      const deployment = await api.get(path);
      return deployment === undefined || deploymentSchema.parse(deployment).status.readyReplicas === 0;
    });
  }
}

async function deployments(api: KubernetesApi) {
  return ((await api.list("/apis/apps/v1/deployments"))?.items ?? []).flatMap((deployment) => {
    const { name, namespace = "default", annotations = {} } = deployment.metadata;
    const release = annotations["meta.helm.sh/release-name"];
    if (release === undefined) {
      return [];
    }
    const { matchLabels } = deploymentSchema.parse(deployment).spec.selector;
    return [
      {
        release: `${annotations["meta.helm.sh/release-namespace"]}/${release}`,
        path: `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`,
        namespace,
        labelSelector: Object.entries(matchLabels)
          .map(([key, value]) => `${key}=${value}`)
          .join(","),
      },
    ];
  });
}
