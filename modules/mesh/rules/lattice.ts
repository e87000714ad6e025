import { pathLimit } from "../../routes/alb/rule-order";
import type { Problem } from "../../schema/problem";
import { httpHealthCheck } from "../../workloads/probes";
import { latticeServiceName } from "../lattice/resources";
import type { Mesh, MeshService } from "../schema";
import { at, type MeshRule } from "./rule";

/** gRPC needs TLS there, HTTP/2 too, and TCP is passed on only where it is TLS. Source: VPC Lattice user guide, "Listeners". */
export const latticeCarriesTheProtocol: MeshRule = ({ mesh }) =>
  mesh.kind !== "lattice"
    ? []
    : Object.entries(mesh.services)
        .filter(([, { protocol }]) => protocol !== "http")
        .map(([name, { protocol }]) => ({
          path: at("services", name, "protocol"),
          value: protocol,
          rule: "VPC Lattice carries HTTP, and nothing else without certificates, which this mesh has none of",
          remedy: 'write `protocol: "http"`, or keep the service out of the mesh',
        }));

/** A listener of the service network speaks one protocol, and the Envoys of App Mesh have no certificates here. */
export const tlsFitsTheMesh: MeshRule = ({ mesh }) => {
  const services = Object.entries(mesh.services);
  const secured = services.filter(([, { tls }]) => tls);
  if (mesh.kind === "app-mesh") {
    return secured.map(([name, { tls }]) => ({
      path: at("services", name, "tls"),
      value: tls,
      rule: "App Mesh would need certificates beside every Envoy, which this mesh has none of",
      remedy: "take it out",
    }));
  }
  return secured.flatMap(([name, { port }]) => {
    const clear = services.find(([, other]) => !other.tls && other.port === port);
    if (clear === undefined) return [];
    return [
      {
        path: at("services", name, "port"),
        value: port,
        rule: `${at("services", clear[0])} is called by HTTP on the same port, and a listener of the service network speaks one of the two`,
        remedy: "write another port, such as 443",
      },
    ];
  });
};

/** Source: VPC Lattice API, CreateServiceNetwork and CreateService. */
const names = { network: { shortest: 3 }, service: { longest: 40, reserved: "svc-" } } as const;

export const latticeTakesTheNames: MeshRule = ({ mesh }) => {
  if (mesh.kind !== "lattice") return [];
  return [
    ...nameOfTheNetwork(mesh),
    ...Object.keys(mesh.services).flatMap((service): readonly Problem[] => {
      const name = latticeServiceName(mesh, service);
      const path = at("services", service);
      if (name.length > names.service.longest) {
        return [
          {
            path,
            value: service,
            rule: `the service of VPC Lattice would be called ${name}, which is ${name.length} characters; it allows ${names.service.longest}`,
            remedy: `write ${names.service.longest - mesh.name.length - 1} characters or less, or a shorter name of the mesh`,
          },
        ];
      }
      if (!service.includes("--")) return [];
      return [
        {
          path,
          value: service,
          rule: "VPC Lattice takes no name with two hyphens in a row",
          remedy: "write one hyphen",
        },
      ];
    }),
  ];
};

function nameOfTheNetwork({ name }: Mesh): readonly Problem[] {
  const problem = (rule: string, remedy: string) => [{ path: at("name"), value: name, rule, remedy }];
  if (name.length < names.network.shortest) {
    return problem(`a service network's name has ${names.network.shortest} characters or more`, "write a longer name");
  }
  if (name.includes("--")) return problem("VPC Lattice takes no name with two hyphens in a row", "write one hyphen");
  if (!name.startsWith(names.service.reserved)) return [];
  return problem(
    `the names of its services in VPC Lattice begin with it, and ${names.service.reserved} is for the ids that VPC Lattice gives`,
    "write another beginning",
  );
}

/** Source: ELB user guide, "Quotas for your Application Load Balancers". */
const targetGroupsOfAction = 5;

/** Services that the gateway's ALB leads to, and where the environment says so. */
function entrances({ kind, gateway, services }: Mesh) {
  if (kind !== "lattice" || gateway === undefined) return [];
  return gateway.routes.flatMap((route, index) => {
    const service: MeshService | undefined = services[route.service];
    return service === undefined ? [] : [{ route, service, index }];
  });
}

export const albTakesTheVersions: MeshRule = ({ mesh }) =>
  entrances(mesh)
    .filter(({ service }) => service.versions.length > targetGroupsOfAction)
    .map(({ route, service, index }) => ({
      path: at("gateway", "routes", index, "service"),
      value: route.service,
      rule: `it has ${service.versions.length} versions, and the ALB before them shares requests among ${targetGroupsOfAction} at most`,
      remedy: "take versions out, or lead to a service with fewer that calls this one",
    }));

/** The ALB asks all targets of a rule for the same path. */
export const albChecksTheVersions: MeshRule = ({ mesh, workloads }) =>
  entrances(mesh).flatMap(({ route, service, index }) => {
    const checks = service.versions.flatMap(({ workload: name }) => {
      const workload = workloads[name];
      return workload === undefined ? [] : [{ name, check: httpHealthCheck(workload) }];
    });
    if (new Set(checks.map(({ check }) => JSON.stringify(check ?? null))).size < 2) return [];
    return [
      {
        path: at("gateway", "routes", index, "service"),
        value: Object.fromEntries(
          checks.map(({ name, check }) => [name, check === undefined ? "none" : `${check.path} on ${check.port}`]),
        ),
        rule: `the ALB asks all versions of ${route.service} for one path on one port, and their HTTP readiness probes differ`,
        remedy: "give these workloads the same readiness probe",
      },
    ];
  });

export const albTakesThePrefixes: MeshRule = ({ mesh }) =>
  entrances(mesh)
    .filter(({ route: { prefix } }) => prefix.length > pathLimit || prefix.includes("*"))
    .map(({ route: { prefix }, index }) => ({
      path: at("gateway", "routes", index, "prefix"),
      value: prefix,
      rule: `the ALB takes prefixes of ${pathLimit} characters at most, and no * in them`,
      remedy: "write a shorter prefix without *",
    }));
