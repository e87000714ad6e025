import type { z } from "zod";
import type { appMesh } from "../controllers/app-mesh";
import type { gatewayApiCrds } from "../controllers/gateway-api-crds";
import type { lattice } from "../controllers/lattice";
import { assertNever } from "../schema/assert-never";
import { httpHealthCheck } from "../workloads/probes";
import type { namespaceSchema, Workload } from "../workloads/schema";
import { meshNamespace, outsider, type Surroundings, workloadOfMember } from "./app-mesh/additions";
import { membersOf } from "./members";
import type { Mesh } from "./schema";

/** Controllers that a mesh brings along. */
export interface MeshControllers {
  readonly appMesh?: z.output<(typeof appMesh)["schema"]>;
  readonly lattice?: z.output<(typeof lattice)["schema"]>;
  readonly gatewayApiCrds?: z.output<(typeof gatewayApiCrds)["schema"]>;
}

interface Declared extends Surroundings {
  readonly mesh?: Mesh | undefined;
  readonly controllers: object;
  readonly namespaces: Readonly<Record<string, z.output<typeof namespaceSchema>>>;
  readonly workloads: Readonly<Record<string, Workload>>;
}

/**
 * An environment with what its mesh asks of the rest of it: the controller that carries it out, and with App Mesh also
 * the labels of its namespace and the AWS access of its members. All of it follows from the mesh, so that nothing else
 * has to be written, or changed with the kind.
 */
export function withMesh<E extends Declared>(
  environment: E,
): E & { readonly controllers: E["controllers"] & MeshControllers } {
  const { mesh } = environment;
  if (mesh === undefined) return environment;
  return {
    ...environment,
    controllers: { ...controllersOf(mesh, environment.workloads), ...environment.controllers },
    ...(mesh.kind === "app-mesh" ? surroundingsOf(mesh, environment) : {}),
  };
}

function controllersOf(mesh: Mesh, workloads: Declared["workloads"]): MeshControllers {
  switch (mesh.kind) {
    case "app-mesh":
      return { appMesh: { mesh: mesh.name, ...mesh.controller } };
    case "lattice":
      return {
        gatewayApiCrds: {},
        lattice: {
          serviceNetwork: mesh.name,
          ports: targetPorts(mesh, workloads),
          authorization: mesh.authorization,
          ...mesh.controller,
        },
      };
    default:
      return assertNever("mesh", mesh);
  }
}

/** Ports at which Lattice reaches pods: those of the versions and of their health checks. */
function targetPorts(mesh: Mesh, workloads: Declared["workloads"]): number[] {
  const ports = Object.values(mesh.services)
    .flatMap(({ versions }) => versions)
    .flatMap(({ workload: name }) => {
      const workload = Object.hasOwn(workloads, name) ? workloads[name] : undefined;
      return workload === undefined ? [] : [workload.port, httpHealthCheck(workload)?.port ?? workload.port];
    });
  return [...new Set(ports)].sort((one, other) => one - other);
}

function surroundingsOf(mesh: Mesh, environment: Declared): Pick<Declared, "namespaces" | "workloads"> {
  const members = new Set(membersOf(mesh).map(({ workload }) => workload));
  return {
    namespaces: {
      ...environment.namespaces,
      [mesh.namespace]: meshNamespace(mesh, environment.namespaces[mesh.namespace]),
    },
    workloads: Object.fromEntries(
      Object.entries(environment.workloads).map(([name, workload]) => {
        if (workload.namespace !== mesh.namespace) return [name, workload];
        return [name, members.has(name) ? workloadOfMember(workload, mesh, environment) : outsider(workload)];
      }),
    ),
  };
}
