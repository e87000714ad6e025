import { workloadLabels } from "../workloads/labels";
import type { Workload } from "../workloads/schema";
import type { Mesh, MeshService } from "./schema";

type Workloads = Readonly<Record<string, Workload>>;

/** A workload's part in a mesh: a version of a service, or a client. */
export interface Member {
  /** Where the environment names the workload. */
  readonly path: readonly PropertyKey[];
  /** Name of the workload. */
  readonly workload: string;
  /** Name of its VirtualNode. */
  readonly node: string;
  /** What its own port speaks. What a client serves beside calling is nobody's matter, so any TCP will do. */
  readonly protocol: MeshService["protocol"];
  /** Services that it calls. */
  readonly backends: readonly string[];
}

/** Every workload that the mesh names, in the order of the environment. */
export function membersOf(mesh: Mesh): readonly Member[] {
  return [
    ...Object.entries(mesh.services).flatMap(([name, { versions, protocol, backends }]) =>
      versions.map(({ workload, node }, index) => ({
        path: ["mesh", "services", name, "versions", index, "workload"],
        workload,
        node,
        protocol,
        backends,
      })),
    ),
    ...Object.entries(mesh.clients).map(([node, { workload, backends }]) => ({
      path: ["mesh", "clients", node, "workload"],
      workload,
      node,
      protocol: "tcp" as const,
      backends,
    })),
  ];
}

/** The workload of an environment that a mesh names; the rules have seen to it that there is one. */
export function workloadOf(workloads: Workloads, name: string): Workload {
  const workload = workloads[name];
  if (workload === undefined)
    throw new Error(`the mesh names the workload ${name}, which is not part of the environment`);
  return workload;
}

/** Labels that the pods of all versions carry: the selector of the Service over them. Empty where they share none. */
export function commonLabels(service: MeshService, workloads: Workloads): Readonly<Record<string, string>> {
  const [first = {}, ...others] = service.versions.flatMap(({ workload: name }) => {
    const workload = workloads[name];
    return workload === undefined ? [] : [workloadLabels(name, workload)];
  });
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) => others.every((labels) => labels[key] === value)),
  );
}

/** Labels of the gateway's pods, and its selectors. */
export const gatewayLabels: Readonly<Record<string, string>> = { for: "gateway" };
