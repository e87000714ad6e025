import type { KubernetesApi } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import { z } from "zod";

const groupsSchema = z.looseObject({
  groups: z.array(z.looseObject({ preferredVersion: z.looseObject({ groupVersion: z.string() }) })),
});
const resourcesSchema = z.looseObject({
  resources: z.array(z.looseObject({ name: z.string(), kind: z.string(), verbs: z.array(z.string()) })),
});

/** What changes in every cluster without anybody doing anything. */
const restless = new Set(["Event", "Lease", "Endpoints", "EndpointSlice", "ComponentStatus", "IPAddress"]);

/** Every object of the cluster that can be listed, as `Kind namespace/name`. */
export async function clusterObjects(api: KubernetesApi): Promise<readonly string[]> {
  const { groups } = groupsSchema.parse(await api.send("GET", "/apis"));
  const bases = ["/api/v1", ...groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`)];
  const found = await Promise.all(
    bases.map(async (base) => {
      const { resources } = resourcesSchema.parse(await api.send("GET", base));
      const listable = resources.filter(
        ({ name, kind, verbs }) => verbs.includes("list") && !name.includes("/") && !restless.has(kind),
      );
      const lists = listable.map(async ({ name, kind }) =>
        ((await api.list(`${base}/${name}`))?.items ?? []).map(
          ({ metadata: { namespace, name: object } }) =>
            `${kind} ${namespace === undefined ? "" : `${namespace}/`}${object}`,
        ),
      );
      return (await Promise.all(lists)).flat();
    }),
  );
  return [...new Set(found.flat())].sort();
}
