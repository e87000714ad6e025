import { apiNamesInAws } from "../modules/api-gateway/names-in-aws";
import { addonRoleName } from "../modules/cluster/addon";
import { capabilityRoleName } from "../modules/cluster/capability";
import { associationRoleName } from "../modules/identity/association";
import { proxyIdentity } from "../modules/mesh/app-mesh/proxy-access";
import { releaseRoleName } from "../modules/releases/role-name";
import type { NameInAws } from "../modules/schema/name-in-aws";
import { hasRunRoles, runPhases, runRoleName } from "../modules/state/run-roles";
import { serviceAccountOf } from "../modules/workloads/service-account";
import type { Environment } from "./environment";
import { controllerIdentity, controllerNames } from "./install-controllers";
import { namesOfDoors } from "./names-of-doors";
import { namesOfRoutes, routesWithFacts } from "./route";

/** Roles of the cluster stack, behind the environment's prefix, whether this environment has each of them or not. */
const clusterRoles = [
  "cluster",
  "node",
  "auto-node",
  "hybrid-node",
  "fargate",
  "vpc-flow-logs",
  "vpc-cni",
  "aws-ebs-csi-driver",
];

/** Every name that an environment gives in AWS; tests hold the list to what the stacks say. */
export function namesInAws(environment: Environment): readonly NameInAws[] {
  return [
    ...namesOfTheCluster(environment),
    ...namesInIam(environment),
    ...apiNamesInAws(environment),
    ...namesOfRoutes(environment),
    ...namesInDns(environment),
    ...namesOfDoors(environment),
    ...namesOfTheMesh(environment),
    ...namesOfRuns(environment),
  ];
}

function each(
  path: readonly string[],
  names: object,
  rest: Pick<NameInAws, "what" | "within" | "foldsCase">,
): readonly NameInAws[] {
  return Object.keys(names).map((name) => ({ ...rest, name, path: [...path, name] }));
}

function namesOfTheCluster({ name, cluster, network, registry }: Environment): readonly NameInAws[] {
  const path = ["network"];
  return [
    { what: "EKS cluster", name: cluster.name, within: "region", path: ["cluster", "name"] },
    { what: "key alias", name: `alias/${name}-cluster`, within: "region", path: ["cluster", "encryption"] },
    { what: "log group", name: `/aws/vpc/${name}-vpc-flow-logs`, within: "region", path: [...path, "flowLogs"] },
    ...each(["registry", "repositories"], registry.repositories, { what: "ECR repository", within: "region" }),
    ...(network.kind === "existing"
      ? []
      : [
          {
            what: "security group",
            name: `${name}-vpc-endpoints`,
            within: { network: `of ${name}` },
            path: [...path, "interfaceEndpoints"],
          },
        ]),
  ];
}

function namesInIam(environment: Environment): readonly NameInAws[] {
  const { name, aws, cluster, controllers, dns, identity, mesh, releases, workloads } = environment;
  const role = { what: "IAM role", within: "account", foldsCase: true } as const;
  const policy = { what: "IAM policy", within: "account", foldsCase: true } as const;
  const context = { ...aws, clusterName: cluster.name, domains: Object.keys(dns.zones), zoneId: () => "" };
  const requests = [
    ...controllerNames(controllers).map((controller) => ({
      request: controllerIdentity(controller, controllers, context),
      path: ["controllers", controller],
    })),
    { request: proxyIdentity(mesh, aws), path: ["mesh", "proxyServiceAccount"] },
  ];
  return [
    ...clusterRoles.map((suffix) => ({ ...role, name: `${name}-${suffix}`, path: ["cluster"] })),
    ...Object.entries(cluster.otherAddons).flatMap(([addon, { credentials }]) =>
      Object.entries(credentials)
        .filter(([, { kind }]) => kind === "role")
        .map(([account]) => ({
          ...role,
          name: `${name}-${addonRoleName(addon, account)}`,
          path: ["cluster", "otherAddons", addon, "credentials", account],
        })),
    ),
    ...Object.keys(cluster.capabilities).map((capability) => ({
      ...role,
      name: `${name}-${capabilityRoleName(capability)}`,
      path: ["cluster", "capabilities", capability],
    })),
    ...requests.flatMap(({ request, path }) =>
      request === undefined
        ? []
        : [
            { ...role, name: `${name}-${request.roleName}`, path },
            { ...policy, name: `${name}-${request.policyName}`, path },
          ],
    ),
    ...Object.entries(workloads).flatMap(([workload, options]) => {
      if (options.aws.kind !== "role" || serviceAccountOf(workload, options) === undefined) return [];
      const remedy = "rename the workload; `names` keeps its objects as they are called";
      const here = { name: `${name}-${workload}`, path: ["workloads", workload], remedy };
      return [{ ...role, ...here }, ...(options.aws.statements.length === 0 ? [] : [{ ...policy, ...here }])];
    }),
    ...Object.entries(releases).flatMap(([release, { credentials }]) => {
      if (credentials === undefined) return [];
      const here = { name: releaseRoleName(name, release), path: ["releases", release, "credentials"] };
      return [{ ...role, ...here }, ...(credentials.statements.length === 0 ? [] : [{ ...policy, ...here }])];
    }),
    ...Object.entries(identity.associations).flatMap(([association, { role: made, targetRoleArn }]) => {
      if (made.kind === "existing") return [];
      const here = { name: associationRoleName(name, association), path: ["identity", "associations", association] };
      const own = made.statements.length > 0 || targetRoleArn !== undefined;
      return [{ ...role, ...here }, ...(own ? [{ ...policy, ...here }] : [])];
    }),
    ...each(["identity", "kube2iamRoles"], identity.kube2iamRoles, role),
    ...each(["identity", "users"], identity.users, { ...role, what: "IAM user" }),
  ];
}

/** Made by the stack of the workspaces, and in the environment's account all the same. */
function namesOfRuns({ name, state }: Environment): readonly NameInAws[] {
  if (!hasRunRoles(state)) return [];
  const path = ["state", "credentials"];
  return ["cluster", "identity", "controllers", "apps"]
    .flatMap((stack) => runPhases.map((phase) => runRoleName(`${name}-${stack}`, phase)))
    .flatMap((role): readonly NameInAws[] => [
      { what: "IAM role", name: role, within: "account", foldsCase: true, path },
      { what: "IAM policy", name: `${role}-1`, within: "account", foldsCase: true, path },
    ]);
}

function namesInDns(environment: Environment): readonly NameInAws[] {
  const { apis, dns, name } = environment;
  const record = (host: string, zone: string, path: readonly PropertyKey[]): readonly NameInAws[] => {
    const options = dns.zones[zone];
    if (options === undefined) return [];
    const within = { zone: options.kind === "existing" ? options.zoneId : `${zone} of ${name}` };
    return [{ what: "record", name: host, within, path }];
  };
  const hosts = new Map<string, readonly NameInAws[]>();
  for (const { path, route, facts } of routesWithFacts(environment)) {
    if (!("dns" in route) || route.dns.kind !== "route53" || facts.host === undefined) continue;
    // Routes of one host share its record.
    // Records that share a host with other environments are told apart by this one's name.
    const given = route.dns.among === undefined ? facts.host : `${facts.host} of ${name}`;
    if (!hosts.has(facts.host)) hosts.set(facts.host, record(given, route.dns.zone, [...path, "dns"]));
  }
  return [
    ...Object.entries(dns.zones)
      .filter(([, { kind }]) => kind === "create")
      .map(([zone]) => ({
        what: "hosted zone",
        name: zone,
        within: "account" as const,
        path: ["dns", "zones", zone],
        remedy: 'leave `kind: "create"` to one of them, and write `kind: "existing"` with its `zoneId` in the other',
      })),
    ...[...hosts.values()].flat(),
    ...Object.entries(apis).flatMap(([api, { customDomain }]) =>
      customDomain === undefined
        ? []
        : record(customDomain.name, customDomain.zone, ["apis", api, "customDomain", "name"]),
    ),
  ];
}

function namesOfTheMesh({ mesh }: Environment): readonly NameInAws[] {
  if (mesh === undefined) return [];
  const what = mesh.kind === "lattice" ? "service network of VPC Lattice" : "mesh of App Mesh";
  return [{ what, name: mesh.name, within: "region", path: ["mesh", "name"] }];
}
