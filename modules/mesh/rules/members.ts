import { clashes } from "../../schema/clashes";
import { meant } from "../../schema/meant";
import { formatPath, type Problem } from "../../schema/problem";
import { membersOf } from "../members";
import { at, type MeshRule } from "./rule";

export const membersExist: MeshRule = ({ mesh, workloads }) =>
  membersOf(mesh)
    .filter(({ workload }) => workloads[workload] === undefined)
    .map(({ path, workload }) => ({
      path: formatPath(path),
      value: workload,
      rule: "a member of a mesh is a workload of the environment, and there is none of this name",
      remedy: meant(workload, Object.keys(workloads), "add it to `workloads`"),
    }));

export const membersInTheNamespace: MeshRule = ({ mesh, workloads }) =>
  membersOf(mesh).flatMap(({ path, workload }) => {
    const namespace = workloads[workload]?.namespace;
    if (namespace === undefined || namespace === mesh.namespace) return [];
    return [
      {
        path: formatPath(path),
        value: workload,
        rule: `its pods are in the namespace ${namespace}, and the mesh is in ${mesh.namespace}`,
        remedy: `write \`namespace: ${JSON.stringify(mesh.namespace)}\` in ${formatPath(["workloads", workload])}, or name another workload`,
      },
    ];
  });

/** A pod has one Envoy, and a service its own versions. */
export const membersOnce: MeshRule = ({ mesh }) =>
  clashes(
    membersOf(mesh),
    ({ workload }) => workload,
    ({ path, workload }, first) => ({
      path: formatPath(path),
      value: workload,
      rule: `${formatPath(first.path)} names this workload already, and its pods can be one member of the mesh, not two`,
      remedy: "name each workload once; a service that a client calls stands in the client's `backends`",
    }),
  );

export const backendsExist: MeshRule = ({ mesh }) => {
  const known = Object.keys(mesh.services);
  const callers = [
    ...Object.entries(mesh.services).map(([name, { backends }]) => ({
      path: ["services", name, "backends"],
      backends,
    })),
    ...Object.entries(mesh.clients).map(([name, { backends }]) => ({ path: ["clients", name, "backends"], backends })),
  ];
  return callers.flatMap(({ path, backends }) =>
    backends.flatMap((backend, index): readonly Problem[] => {
      const here = at(...path, index);
      if (!known.includes(backend)) {
        return [
          {
            path: here,
            value: backend,
            rule: "a backend is a service of this mesh, and there is none of this name",
            remedy: meant(backend, known, "add it to `mesh.services`"),
          },
        ];
      }
      if (backends.indexOf(backend) === index) return [];
      return [
        {
          path: here,
          value: backend,
          rule: "the same backend stands here twice, and App Mesh refuses that",
          remedy: "take one of the two out",
        },
      ];
    }),
  );
};
