import { at } from "../../modules/mesh/rules/rule";
import type { Mesh } from "../../modules/mesh/schema";
import { assertNever } from "../../modules/schema/assert-never";
import { clashes } from "../../modules/schema/clashes";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { deploymentName } from "../../modules/workloads/deployment";
import { workloadServiceName } from "../../modules/workloads/service";
import { makesServiceAccount, serviceAccountOf } from "../../modules/workloads/service-account";
import type { Environment } from "../environment";
import { routesWithFacts } from "../route";

/** An object in the mesh's namespace, and what in the environment makes it. */
interface NamedObject {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
}

function objectsAround({ namespace }: Mesh, { gateways, workloads }: Environment): readonly NamedObject[] {
  const others = Object.entries(gateways).filter(([, gateway]) => gateway.namespace === namespace);
  return [
    ...others.map(([name]) => ({ kind: "Gateway", name, path: formatPath(["gateways", name]) })),
    ...Object.entries(workloads).flatMap(([name, workload]) => {
      if (workload.namespace !== namespace) return [];
      const path = formatPath(["workloads", name]);
      const serviceAccount = serviceAccountOf(name, workload);
      return [
        { kind: "Deployment", name: deploymentName({ name, workload }), path },
        { kind: "Service", name: workloadServiceName({ name, workload }), path },
        ...(serviceAccount !== undefined && makesServiceAccount(name, workload)
          ? [{ kind: "ServiceAccount", name: serviceAccount, path }]
          : []),
        ...routesWithFacts({ workloads: { [name]: workload } }).flatMap(({ path: here, facts: { object } }) =>
          object === undefined ? [] : [{ ...object, path: formatPath(here) }],
        ),
      ];
    }),
  ];
}

function objectsOfMesh(mesh: Mesh): readonly NamedObject[] {
  const { gateway } = mesh;
  const services = Object.entries(mesh.services);
  const stable = services.map(([name]) => ({ kind: "Service", name, path: at("services", name) }));
  const routes = (kind: string) =>
    (gateway?.routes ?? []).map(({ name }, index) => ({ kind, name, path: at("gateway", "routes", index, "name") }));
  switch (mesh.kind) {
    case "lattice":
      return [
        ...stable,
        ...services.map(([name]) => ({ kind: "HTTPRoute", name, path: at("services", name) })),
        { kind: "Gateway", name: mesh.name, path: at("name") },
        ...routes("Ingress"),
      ];
    case "app-mesh":
      return [
        ...stable,
        ...services.map(([name, { router }]) => ({
          kind: "VirtualRouter",
          name: router,
          path: at("services", name, "router"),
        })),
        ...services.flatMap(([name, { versions }]) =>
          versions.map(({ node }, index) => ({
            kind: "VirtualNode",
            name: node,
            path: at("services", name, "versions", index, "node"),
          })),
        ),
        ...Object.keys(mesh.clients).map((name) => ({ kind: "VirtualNode", name, path: at("clients", name) })),
        { kind: "ServiceAccount", name: mesh.proxyServiceAccount, path: at("proxyServiceAccount") },
        ...(gateway === undefined
          ? []
          : ["Deployment", "Service"].map((kind) => ({ kind, name: gateway.name, path: at("gateway", "name") }))),
        ...routes("GatewayRoute"),
      ];
    default:
      return assertNever("kind of mesh", mesh);
  }
}

/** A namespace has one object of a kind and name; a second apply would take it from the first. */
export function meshObjectsUnique(environment: Environment): readonly Problem[] {
  const { mesh } = environment;
  if (mesh === undefined) return [];
  const ofMesh = objectsOfMesh(mesh);
  return clashes(
    [...objectsAround(mesh, environment), ...ofMesh],
    ({ kind, name }) => `${kind} ${name}`,
    (object, first) =>
      ofMesh.includes(object)
        ? {
            path: object.path,
            value: object.name,
            rule: `${first.path} makes a ${object.kind} of this name in the namespace ${mesh.namespace} too, and there can be one`,
            remedy: "give one of them another name",
          }
        : undefined,
  );
}
