import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { SandboxFolder } from "@ingress-foundry/sandbox/folder";
import { KubernetesApi, KubernetesApiError } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import { onTheInternet, trusting } from "@ingress-foundry/sandbox/traffic/inside";
import type { DoorRequest } from "@ingress-foundry/sandbox/traffic/try/requests";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { until } from "@ingress-foundry/sandbox/waiting";
import { z } from "zod";

const resultSchema = z.object({ sent: z.number(), lost: z.record(z.string(), z.number()) });
const deploymentSchema = z.looseObject({
  metadata: z.looseObject({ generation: z.number() }),
  spec: z.looseObject({ replicas: z.number() }),
  status: z.looseObject({
    observedGeneration: z.number().default(0),
    replicas: z.number().default(0),
    updatedReplicas: z.number().default(0),
    availableReplicas: z.number().default(0),
  }),
});

/** Requests a second. */
export const requestRate = 50;

/** Seconds for a rollout: pods of the old version have half a minute to end. */
const rolloutSeconds = 240;

/** Requests at a door while something happens, and how many of them were lost. */
export async function underLoad(
  folder: SandboxFolder,
  request: DoorRequest,
  work: () => Promise<void>,
): Promise<z.infer<typeof resultSchema>> {
  const [, , address = new URL(request.url).hostname] = request.connectTo?.split(":") ?? [];
  const script = join(__dirname, "..", "request-load.ts");
  const loader = pathToFileURL(require.resolve("tsx")).href;
  const [program, args] = onTheInternet(folder, process.execPath, [
    ...["--import", loader, script],
    ...[request.url, address, String(requestRate)],
  ]);
  const child = spawn(program, args, {
    env: { ...process.env, ...trusting(folder) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = text(child.stdout);
  try {
    await sleep(3000);
    await work();
    await sleep(3000);
  } finally {
    child.kill("SIGTERM");
  }
  return resultSchema.parse(JSON.parse(await output));
}

/** Replaces every pod of a workload by the Deployment's own strategy. */
export async function rollOut({ keeper }: Sandbox, namespace: string, name: string): Promise<void> {
  const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
  try {
    const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
    await api.mergePatch(path, { spec: { template: { metadata: { annotations } } } });
    await until(`the rollout of ${namespace}/${name}`, rolloutSeconds, async () => {
      const { metadata, spec, status } = deploymentSchema.parse(await api.get(path));
      const { observedGeneration, replicas, updatedReplicas, availableReplicas } = status;
      return (
        observedGeneration >= metadata.generation &&
        [replicas, updatedReplicas, availableReplicas].every((count) => count === spec.replicas)
      );
    });
  } finally {
    api.close();
  }
}

const podSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), deletionTimestamp: z.string().optional() }),
  spec: z.looseObject({ nodeName: z.string().optional() }),
});

/** Takes every pod of a workload from one of its nodes, as a drain does, and lets the node be used again. */
export async function drain({ keeper }: Sandbox, namespace: string, name: string): Promise<void> {
  const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
  const podsOn = async (node: string | undefined) => {
    const pods = (await api.list(`/api/v1/namespaces/${namespace}/pods`))?.items ?? [];
    return pods.map((pod) => podSchema.parse(pod)).filter(({ spec }) => node === undefined || spec.nodeName === node);
  };
  const node = (await podsOn(undefined))[0]?.spec.nodeName;
  const path = `/api/v1/nodes/${node}`;
  try {
    await api.mergePatch(path, { spec: { unschedulable: true } });
    await until(`${node} to be empty of ${namespace}`, rolloutSeconds, async () => {
      const pods = await podsOn(node);
      for (const pod of pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined)) {
        await evict(api, namespace, pod.metadata.name);
      }
      return pods.length === 0;
    });
    await until(`${namespace}/${name} to be whole elsewhere`, rolloutSeconds, async () => {
      const { spec, status } = deploymentSchema.parse(
        await api.get(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}`),
      );
      return status.availableReplicas === spec.replicas;
    });
  } finally {
    await api.mergePatch(path, { spec: { unschedulable: false } });
    api.close();
  }
}

/** One that a disruption budget forbids at this moment is asked again. */
async function evict(api: KubernetesApi, namespace: string, name: string): Promise<void> {
  const body = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } };
  await api.send("POST", `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, { body }).catch((error: unknown) => {
    if (!(error instanceof KubernetesApiError && [404, 429].includes(error.status))) {
      throw error;
    }
  });
}
