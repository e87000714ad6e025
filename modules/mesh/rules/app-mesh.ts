import { onFargate } from "../../cluster/fargate-selection";
import { builtInNamespaces } from "../../kubernetes/built-in-namespaces";
import { formatPath, type Problem } from "../../schema/problem";
import { workloadLabels } from "../../workloads/labels";
import { injection, meshLabels } from "../app-mesh/additions";
import { gatewayLabels, membersOf } from "../members";
import type { Mesh } from "../schema";
import { at, type Meshed, type MeshRule } from "./rule";

/** Members that the environment has, of an App Mesh alone. */
function appMeshMembers(mesh: Mesh, { workloads }: Pick<Meshed, "workloads">) {
  if (mesh.kind !== "app-mesh") return [];
  return membersOf(mesh).flatMap(({ workload: name }) => {
    const workload = workloads[name];
    return workload === undefined ? [] : [{ name, workload }];
  });
}

type KnownMember = ReturnType<typeof appMeshMembers>[number];

function runsOnFargate({ name, workload }: KnownMember, { cluster }: Pick<Meshed, "cluster">): boolean {
  return onFargate(cluster, { namespace: workload.namespace, labels: workloadLabels(name, workload) });
}

/** An Envoy takes the address from DNS and the port from the VirtualNode; the pods' own Envoys expect the same port. */
export const servicePortIsTheContainers: MeshRule = ({ mesh, ...environment }) =>
  appMeshMembers(mesh, environment)
    .filter(({ workload }) => workload.servicePort !== workload.port)
    .map(({ name, workload }) => ({
      path: formatPath(["workloads", name, "servicePort"]),
      value: workload.servicePort,
      rule: `App Mesh's Envoys call the Service on the container's own port, ${workload.port}`,
      remedy: "take the line out: the Service then has the container's port",
    }));

/**
 * On nodes a container named proxyinit sets up the redirection to Envoy. It must be root and takes the pod's user.
 * Source: aws-app-mesh-controller-for-k8s, issue 567.
 */
export const podsLetTheInjectorWork: MeshRule = ({ mesh, ...environment }) =>
  appMeshMembers(mesh, environment)
    .filter((member) => member.workload.security.kind === "restricted" && !runsOnFargate(member, environment))
    .map(({ name, workload }) => ({
      path: formatPath(["workloads", name, "security"]),
      value: workload.security,
      rule: "the pod's user would also be that of the container that App Mesh puts in to redirect traffic, which has to be root",
      remedy: 'write `security: { kind: "baseline", reason: "..." }`',
    }));

export const namespaceAdmitsTheInjected: MeshRule = ({ mesh, ...environment }) => {
  const podSecurity = environment.namespaces[mesh.namespace]?.podSecurity;
  if (mesh.kind !== "app-mesh" || podSecurity === undefined || podSecurity === "privileged") return [];
  if (appMeshMembers(mesh, environment).every((member) => runsOnFargate(member, environment))) return [];
  return [
    {
      path: formatPath(["namespaces", mesh.namespace, "podSecurity"]),
      value: podSecurity,
      rule: "App Mesh puts a container with NET_ADMIN into every member, and Kubernetes would refuse the pods",
      remedy: "take the line out, and it becomes privileged with App Mesh alone",
    },
  ];
};

export const namespaceLabelledForTheMesh: MeshRule = ({ mesh, namespaces }) => {
  if (mesh.kind !== "app-mesh") return [];
  const needed = { ...meshLabels(mesh), [injection]: "enabled" };
  return Object.entries(needed).flatMap(([key, value]) => {
    const written = namespaces[mesh.namespace]?.labels[key];
    if (written === undefined || written === value) return [];
    return [
      {
        path: formatPath(["namespaces", mesh.namespace, "labels", key]),
        value: written,
        rule: `App Mesh finds the mesh's namespace and its pods by this label with the value ${value}`,
        remedy: "take the line out: the mesh sets the label itself",
      },
    ];
  });
};

export const namespaceOfItsOwn: MeshRule = ({ mesh: { kind, namespace } }) =>
  kind !== "app-mesh" || !builtInNamespaces.includes(namespace)
    ? []
    : [
        {
          path: at("namespace"),
          value: namespace,
          rule: "every pod of the mesh's namespace has to pass App Mesh's injector, and in this one the cluster has pods of its own",
          remedy: "write a namespace that is the mesh's alone",
        },
      ];

/** An Envoy signs in by its pod's service account, and only there. */
export const envoysSignIn: MeshRule = ({ mesh, ...environment }) =>
  appMeshMembers(mesh, environment).flatMap(({ name, workload }): readonly Problem[] => {
    const { serviceAccount, aws } = workload;
    if (aws.kind === "kube2iam") {
      return [
        {
          path: formatPath(["workloads", name, "aws"]),
          value: aws,
          rule: "its Envoy signs in by the service account, and what that account may do would then hide the role of kube2iam",
          remedy: 'write `aws: { kind: "role", ... }`, or take the workload out of the mesh',
        },
      ];
    }
    if (typeof serviceAccount !== "object" || serviceAccount.existing === mesh.proxyServiceAccount) return [];
    return [
      {
        path: formatPath(["workloads", name, "serviceAccount"]),
        value: serviceAccount,
        rule: `it is made elsewhere, and nothing here lets an Envoy under it ask App Mesh for its configuration`,
        remedy: `take the line out, and the workload shares ${mesh.proxyServiceAccount}; or name an account of its own`,
      },
    ];
  });

/** Source: EKS user guide, "EKS Pod Identity restrictions". */
export const envoysSignInOnFargate: MeshRule = ({ mesh, ...environment }) => {
  if (mesh.kind !== "app-mesh" || environment.identity.workloads !== "pod-identity") return [];
  const members = appMeshMembers(mesh, environment).filter((member) => runsOnFargate(member, environment));
  const gateway =
    mesh.gateway !== undefined && onFargate(environment.cluster, { namespace: mesh.namespace, labels: gatewayLabels });
  if (members.length === 0 && !gateway) return [];
  return [
    {
      path: "identity.workloads",
      value: environment.identity.workloads,
      rule: "Fargate runs pods of the mesh and no Pod Identity agent, so their Envoys would get no credentials",
      remedy: 'write `identity: { workloads: "irsa" }`, or a Fargate selector that leaves these pods to nodes',
    },
  ];
};
