import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { pythonEnvironment } from "../sandbox/aws/python-environment";
import type { KubernetesApi } from "../sandbox/kubernetes/kubernetes-api";
import type { Sandbox } from "../sandbox/up";

const inventorySchema = z.record(z.string(), z.array(z.string()));

/** Ids of everything in an AWS account, by kind. */
export type Inventory = z.infer<typeof inventorySchema>;

/** Everything in the sandbox's AWS account and region. */
export async function awsInventory({ runs }: Sandbox): Promise<Inventory> {
  const { python } = await pythonEnvironment();
  const { stdout } = await promisify(execFile)(python, [join(__dirname, "inventory.py")], {
    env: { ...runs.context.environment },
    maxBuffer: 16 * 1024 * 1024,
  });
  return inventorySchema.parse(JSON.parse(stdout));
}

/** What the second inventory has beyond the first, as `kind id`. */
export function added(before: Inventory, after: Inventory): readonly string[] {
  return Object.entries(after).flatMap(([kind, ids]) =>
    ids.filter((id) => !before[kind]?.includes(id)).map((id) => `${kind} ${id}`),
  );
}

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
