import { deleteNamespaces, existingNamespaces } from "./network/namespaces";
import { existingCgroups, removeCgroups } from "./node/cgroups";

/** What of a sandbox's nodes and network is still on this machine: names of namespaces, folders of control groups. */
export function trafficLeft(sandbox: string): readonly string[] {
  return [...existingNamespaces(sandbox), ...existingCgroups(sandbox)];
}

/** Removes what a keeper that died could not; its processes have ended already. */
export async function removeTraffic(sandbox: string): Promise<void> {
  if (trafficLeft(sandbox).length > 0) {
    await deleteNamespaces(sandbox);
    await removeCgroups(sandbox);
  }
}
