import { associationRoleName } from "../../modules/identity/association";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { serviceAccountOf } from "../../modules/workloads/service-account";
import type { Environment } from "../environment";

/** Source: IAM user guide, "IAM and AWS STS quotas". */
const roleNameLimit = 64;

export function associationRoleNames({ name: environment, identity }: Environment): readonly Problem[] {
  return Object.entries(identity.associations).flatMap(([name, { role }]) => {
    const roleName = associationRoleName(environment, name);
    if (role.kind === "existing" || roleName.length <= roleNameLimit) return [];
    return [
      {
        path: formatPath(["identity", "associations", name]),
        value: name,
        rule: `its role would be called ${roleName}, which is ${roleName.length} characters; IAM allows ${roleNameLimit}`,
        remedy: "give the association a shorter name",
      },
    ];
  });
}

/** Source: EKS user guide, "Learn how EKS Pod Identity grants pods access to AWS services": one association an account. */
export function associationsUnique(environment: Environment): readonly Problem[] {
  const { identity, releases, workloads } = environment;
  const taken = new Map<string, string>();
  for (const [name, workload] of Object.entries(workloads)) {
    const account = serviceAccountOf(name, workload);
    if (workload.aws.kind === "role" && account !== undefined) {
      taken.set(`${workload.namespace}/${account}`, formatPath(["workloads", name]));
    }
  }
  for (const [name, { namespace, credentials }] of Object.entries(releases)) {
    if (credentials !== undefined)
      taken.set(`${namespace}/${credentials.serviceAccount}`, formatPath(["releases", name]));
  }
  return Object.entries(identity.associations).flatMap(([name, { namespace, serviceAccount }]): readonly Problem[] => {
    const key = `${namespace}/${serviceAccount}`;
    const path = formatPath(["identity", "associations", name]);
    const other = taken.get(key);
    taken.set(key, path);
    if (other === undefined) return [];
    return [
      {
        path,
        value: key,
        rule: `${other} gives this service account its role already, and EKS takes one`,
        remedy: "take one of the two out",
      },
    ];
  });
}

/** The agent runs on nodes; Auto Mode's have it built in. */
export function associationsHaveTheAgent({ cluster, identity }: Environment): readonly Problem[] {
  if (cluster.autoMode.kind === "on") return [];
  const nodes = Object.keys(cluster.nodeGroups).length > 0;
  if (nodes && cluster.addons["eks-pod-identity-agent"] !== "off") return [];
  return Object.entries(identity.associations).map(([name, association]) => ({
    path: formatPath(["identity", "associations", name]),
    value: association,
    rule: nodes
      ? "the agent of Pod Identity, which hands its role out, is off"
      : "the agent of Pod Identity hands its role out, and there are no nodes for it to run on",
    remedy: nodes
      ? 'take `"eks-pod-identity-agent": "off"` out of cluster.addons'
      : "add a node group, or turn Auto Mode on, or take it out",
  }));
}
