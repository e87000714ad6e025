import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import type { KubernetesApi } from "./kubernetes-api";
import type { Manifest } from "./kubernetes-object";

const kind = "CustomResourceDefinition";
const collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

const definitionSchema = z.looseObject({
  apiVersion: z.literal("apiextensions.k8s.io/v1"),
  kind: z.literal(kind),
  metadata: z.looseObject({ name: z.string() }),
});

const conditionsSchema = z.looseObject({
  status: z
    .looseObject({
      // The API server writes null until it has looked at the definition.
      conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).nullish(),
    })
    .optional(),
});

/** Milliseconds for all definitions together to be Established. */
const establishTimeout = 120_000;

/**
 * Installs every CustomResourceDefinition in the YAML files of a folder and waits until the API server serves them all.
 *
 * @returns the names of what was installed, for example `mappings.getambassador.io`
 * @throws Error when the folder is missing or holds none, when a file holds something else, and when a definition is
 * refused or not Established in time
 */
export async function installCustomResourceDefinitions(api: KubernetesApi, folder: string): Promise<readonly string[]> {
  const manifests = await readDefinitions(folder);
  await Promise.all(manifests.map((manifest) => api.apply(manifest)));
  const deadline = Date.now() + establishTimeout;
  await Promise.all(manifests.map(({ metadata: { name } }) => untilEstablished(api, name, deadline)));
  return manifests.map(({ metadata }) => metadata.name);
}

async function readDefinitions(folder: string): Promise<readonly Manifest[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort();
  if (files.length === 0) {
    throw new Error(
      `${folder}: no YAML file here. The CustomResourceDefinitions come from there and custom resources cannot be checked ` +
        "without them. Give a folder that holds them, one or more to a file.",
    );
  }
  const documents = files.map(async (file) => {
    const path = join(folder, file);
    const parsed = parseAllDocuments(await readFile(path, "utf8"));
    return [...parsed]
      .map((document) => document.toJS())
      .filter((value) => value !== null)
      .map((value) => read(path, value));
  });
  return (await Promise.all(documents)).flat();
}

function read(path: string, value: unknown): Manifest {
  const definition = definitionSchema.safeParse(value);
  if (!definition.success) {
    throw new Error(
      `${path}: a document is not an apiextensions.k8s.io/v1 ${kind} with a name, and nothing else is installed from ` +
        `here. Take it out of the file. ${z.prettifyError(definition.error)}`,
    );
  }
  return definition.data;
}

async function untilEstablished(api: KubernetesApi, name: string, deadline: number): Promise<void> {
  for (;;) {
    const conditions = conditionsSchema.parse((await api.get(`${collection}/${name}`)) ?? {}).status?.conditions ?? [];
    if (conditions.some(({ type, status }) => type === "Established" && status === "True")) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `${kind} ${name}: not Established after ${establishTimeout / 1000} s, so its objects cannot be sent. Its ` +
          `conditions are ${JSON.stringify(conditions)}. Mend the definition and install it again.`,
      );
    }
    await sleep(50);
  }
}
