import { KubernetesApi, KubernetesApiError } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import type { Manifest } from "@ingress-foundry/sandbox/kubernetes/kubernetes-object";
import type { StackJson, SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { z } from "zod";
import type { Lane } from "../lane";
import { stateResources } from "../plans";

const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});
const valuesSchema = z.looseObject({ manifests: z.array(manifestSchema).optional() });
const releaseSchema = z.looseObject({ namespace: z.string(), values: z.array(z.string()).nullish() });

/** A release of a synthesized stack that carries custom resources; undefined where there is none. */
export function releaseOfManifests({ resource }: StackJson): StackJson["resource"][string][string] | undefined {
  return Object.values(resource["helm_release"] ?? {}).find((release) => valuesOf(release).startsWith('{"manifests":'));
}

/** The first document of a release's values, empty where there is none. */
export function valuesOf(release: StackJson["resource"][string][string] | undefined): string {
  return z.array(z.string()).catch([]).parse(release?.["values"])[0] ?? "";
}

/** Custom resources of a stack as they were applied, each with the namespace it is in. */
export async function customResources({ runs }: Sandbox, stack: SynthesizedStack): Promise<readonly Manifest[]> {
  const releases = (await stateResources(runs, stack)).filter(({ type }) => type === "helm_release");
  return releases.flatMap(({ values: attributes }) => {
    const { namespace, values } = releaseSchema.parse(attributes);
    return (values ?? []).flatMap((text) =>
      (valuesSchema.parse(JSON.parse(text)).manifests ?? []).map((manifest) => ({
        ...manifest,
        metadata: { ...manifest.metadata, namespace: manifest.metadata.namespace ?? namespace },
      })),
    );
  });
}

/**
 * The API server takes every custom resource without a field that it does not know. Helm would drop such a field without
 * a word; a strict dry run of the same object does not.
 */
export async function customResourcesAreAccepted(lane: Lane, sandbox: Sandbox, stack: SynthesizedStack): Promise<void> {
  if (releaseOfManifests(stack.json) === undefined) {
    return;
  }
  await lane.check("every custom resource is accepted", stack.id, async () => {
    const api = KubernetesApi.fromKubeconfig(sandbox.keeper.kubeconfig);
    try {
      const manifests = await customResources(sandbox, stack);
      if (manifests.length === 0) {
        throw new Error(`${stack.id} declares custom resources, and its state holds none`);
      }
      const answers = await Promise.all(manifests.map((manifest) => refusal(api, manifest)));
      const refusals = answers.filter((answer) => answer !== undefined);
      if (refusals.length > 0) {
        throw new Error(refusals.join("\n"));
      }
      return `${manifests.length} objects`;
    } finally {
      api.close();
    }
  });
}

async function refusal(api: KubernetesApi, manifest: Manifest): Promise<string | undefined> {
  try {
    await api.apply(manifest, { dryRun: "All", fieldValidation: "Strict" });
    return undefined;
  } catch (error) {
    if (error instanceof KubernetesApiError) {
      return `${manifest.kind} ${manifest.metadata.namespace}/${manifest.metadata.name}: ${error.answer}`;
    }
    throw error;
  }
}
