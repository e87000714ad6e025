import { basename } from "node:path";
import { z } from "zod";
import { standInRegistry } from "../charts/stand-in";
import type { KubernetesApi } from "../kubernetes/kubernetes-api";

const deploymentSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    generation: z.number(),
    deletionTimestamp: z.string().optional(),
  }),
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({
        serviceAccountName: z.string().default("default"),
        containers: z.array(
          z.looseObject({
            image: z.string(),
            command: z.array(z.string()).default([]),
            args: z.array(z.string()).default([]),
            env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
            volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).default([]),
          }),
        ),
        volumes: z
          .array(z.looseObject({ name: z.string(), secret: z.looseObject({ secretName: z.string() }).optional() }))
          .default([]),
      }),
    }),
  }),
});

/** What a pod of a controller would be started with. */
export interface ControllerPod {
  readonly program: string;
  readonly namespace: string;
  readonly deployment: string;
  /** Changes whenever the Deployment does. */
  readonly version: string;
  readonly serviceAccount: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Secrets that are mounted, by name. */
  readonly secrets: readonly string[];
}

/** Pods of the Deployments whose image is one of these programs; a Deployment on its way out has none. */
export async function controllerPods(
  api: KubernetesApi,
  programs: readonly string[],
): Promise<readonly ControllerPod[]> {
  const deployments = (await api.list("/apis/apps/v1/deployments"))?.items ?? [];
  return deployments.flatMap((object) => {
    const { metadata, spec } = deploymentSchema.parse(object);
    const pod = spec.template.spec;
    const container = pod.containers.find(({ image }) => programs.includes(programOf(image)));
    if (container === undefined || metadata.deletionTimestamp !== undefined) {
      return [];
    }
    const mounted = container.volumeMounts.map(({ name }) => name);
    return {
      program: programOf(container.image),
      namespace: metadata.namespace,
      deployment: metadata.name,
      version: `${metadata.uid}/${metadata.generation}`,
      serviceAccount: pod.serviceAccountName,
      args: container.args,
      environment: Object.fromEntries(
        container.env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
      ),
      secrets: pod.volumes.flatMap(({ name, secret }) =>
        secret !== undefined && mounted.includes(name) ? [secret.secretName] : [],
      ),
    };
  });
}

/** `external-dns` of `registry.k8s.io/external-dns/external-dns:v0.21.0`; empty for a stand-in, which gives no arguments. */
export function programOf(image: string): string {
  return image.startsWith(`${standInRegistry}/`) ? "" : basename(image).replace(/[:@].*$/, "");
}
