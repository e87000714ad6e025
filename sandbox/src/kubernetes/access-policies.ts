import { basename } from "node:path";
import type { AccessEntry } from "./access-entries";
import { type KubernetesApi, KubernetesApiError } from "./kubernetes-api";
import type { Manifest } from "./kubernetes-object";

const adminViewRole = "eks:admin-view";

/**
 * The cluster role that stands in for each EKS access policy. AWS publishes the policies' rules as "similar to" the
 * user-facing roles; unlike AWS's own they also hold what custom resources aggregate into those roles.
 */
const clusterRoles = {
  AmazonEKSAdminPolicy: "admin",
  AmazonEKSAdminViewPolicy: adminViewRole,
  AmazonEKSClusterAdminPolicy: "cluster-admin",
  AmazonEKSEditPolicy: "edit",
  AmazonEKSViewPolicy: "view",
} as const;

type PolicyName = keyof typeof clusterRoles;

const managedByLabel = "app.kubernetes.io/managed-by";
const managedBy = { [managedByLabel]: "eks-access-policies" };
const rbac = "rbac.authorization.k8s.io";

/**
 * The groups through which a principal gets what its associations grant: one for each policy and scope. The groups mean
 * something only together with the bindings that {@link AccessPolicies} keeps.
 *
 * @throws Error when a policy is none of those that this sandbox knows.
 */
export function accessPolicyGroups(entry: AccessEntry): readonly string[] {
  return entry.policies.flatMap(({ policyArn, scope }) => {
    const policy = policyName(policyArn, entry.principalArn);
    switch (scope.type) {
      case "cluster":
        return [groupOf(policy)];
      case "namespace":
        return scope.namespaces.map((pattern) => groupOf(policy, pattern));
      default:
        return unknownScope(scope);
    }
  });
}

/**
 * Keeps role bindings in step with the associations of EKS access policies. EKS decides in an authorizer of its own;
 * here RBAC does, with one binding for each policy and scope to a group that only the token webhook gives out.
 */
export class AccessPolicies {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly api: KubernetesApi) {}

  /** Creates what does not depend on associations: the bindings for the cluster scope, which nobody is in yet. */
  async install(): Promise<void> {
    await this.api.apply({
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRole",
      metadata: { name: adminViewRole, labels: managedBy },
      rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["get", "list", "watch"] }],
    });
    for (const [policy, role] of Object.entries(clusterRoles)) {
      await this.api.apply(binding("ClusterRoleBinding", groupOf(policy), role));
    }
  }

  /**
   * Makes the role bindings for namespace scopes those of exactly these entries. A namespace that does not exist yet gets
   * its bindings at the first call after it was made.
   */
  reconcile(entries: readonly AccessEntry[]): Promise<void> {
    const next = this.last.catch(() => undefined).then(() => this.reconcileNow(entries));
    this.last = next;
    return next;
  }

  private async reconcileNow(entries: readonly AccessEntry[]): Promise<void> {
    // A policy that is not known here grants nothing; whoever comes with it is refused by accessPolicyGroups.
    const scoped = entries.flatMap(({ policies }) =>
      policies.flatMap(({ policyArn, scope }) => {
        const policy = basename(policyArn);
        if (scope.type === "cluster" || !isPolicyName(policy)) {
          return [];
        }
        const role = clusterRoles[policy];
        return scope.namespaces.map((pattern) => ({ group: groupOf(policy, pattern), pattern, role }));
      }),
    );
    const namespaces = scoped.length === 0 ? [] : ((await this.api.list("/api/v1/namespaces"))?.items ?? []);
    const wanted = new Map<string, Manifest>();
    for (const { group, pattern, role } of scoped) {
      for (const { metadata } of namespaces.filter(({ metadata }) => namespaceMatches(pattern, metadata.name))) {
        wanted.set(`${metadata.name}/${group}`, binding("RoleBinding", group, role, metadata.name));
      }
    }
    const labelSelector = `${managedByLabel}=${managedBy[managedByLabel]}`;
    const existing = (await this.api.list(`/apis/${rbac}/v1/rolebindings`, { labelSelector }))?.items ?? [];
    for (const { metadata } of existing) {
      if (!wanted.delete(`${metadata.namespace}/${metadata.name}`)) {
        await this.api.delete(`/apis/${rbac}/v1/namespaces/${metadata.namespace}/rolebindings/${metadata.name}`);
      }
    }
    for (const manifest of wanted.values()) {
      await this.api.create(manifest).catch(unlessNamespaceGoes);
    }
  }
}

const groupOf = (policy: string, namespacePattern?: string) =>
  ["eks:access-policy", policy, ...(namespacePattern === undefined ? [] : [namespacePattern])].join(":");

function policyName(policyArn: string, principalArn: string): PolicyName {
  const name = basename(policyArn);
  if (!isPolicyName(name)) {
    throw new Error(
      `access entry ${principalArn}: policy ${policyArn}: the sandbox does not know what it grants, and a guess would ` +
        `make tests of access worthless. Associate one of ${Object.keys(clusterRoles).join(", ")}.`,
    );
  }
  return name;
}

const isPolicyName = (name: string): name is PolicyName => Object.hasOwn(clusterRoles, name);

function binding(
  kind: "ClusterRoleBinding" | "RoleBinding",
  group: string,
  role: string,
  namespace?: string,
): Manifest {
  return {
    apiVersion: `${rbac}/v1`,
    kind,
    metadata: { name: group, labels: managedBy, ...(namespace === undefined ? {} : { namespace }) },
    roleRef: { apiGroup: rbac, kind: "ClusterRole", name: role },
    subjects: [{ apiGroup: rbac, kind: "Group", name: group }],
  };
}

/** Whether a namespace's name fits a pattern in which `*` stands for any characters. */
export function namespaceMatches(pattern: string, namespace: string): boolean {
  const expression = pattern
    .split("*")
    .map((literal) => literal.replaceAll(/[^a-z0-9-]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${expression}$`).test(namespace);
}

/** Nothing can be bound in a namespace that is being deleted, and nothing needs to be. */
function unlessNamespaceGoes(error: unknown): void {
  if (!(error instanceof KubernetesApiError && (error.status === 404 || error.answer.includes("being terminated")))) {
    throw error;
  }
}

function unknownScope(scope: never): never {
  throw new Error(`access scope ${JSON.stringify(scope)} is neither "cluster" nor "namespace"`);
}
