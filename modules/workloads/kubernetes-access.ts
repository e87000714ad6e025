import { ClusterRoleBindingV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-binding-v1";
import { ClusterRoleV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-v1";
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import type { RbacRule } from "./kubernetes-access-schema";
import { nonEmpty } from "./non-empty";
import type { Workload } from "./schema";

const apiGroup = "rbac.authorization.k8s.io";

export interface KubernetesAccessProps {
  /** Name of the workload. */
  readonly name: string;
  readonly workload: Workload;
  readonly serviceAccount: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

const ruleOf = ({ apiGroups, resources, resourceNames, verbs }: RbacRule) => ({
  apiGroups: [...apiGroups],
  resources: [...resources],
  verbs: [...verbs],
  ...(resourceNames.length === 0 ? {} : { resourceNames: [...resourceNames] }),
});

/** What the pods may do in Kubernetes; makes nothing where they may do nothing. Pods wait for it. */
export function makeKubernetesAccess(scope: Construct, props: KubernetesAccessProps): readonly ITerraformDependable[] {
  const { name, workload, serviceAccount } = props;
  const { kubernetes, namespace } = workload;
  if (kubernetes === undefined) return [];
  const dependsOn = nonEmpty(props.dependsOn);
  const rule = kubernetes.rules.map(ruleOf);
  const subject = [{ kind: "ServiceAccount", name: serviceAccount, namespace }];
  switch (kubernetes.kind) {
    case "namespace": {
      const role = new RoleV1(scope, "role", { metadata: { name, namespace }, rule, dependsOn });
      return [
        new RoleBindingV1(scope, "role-binding", {
          metadata: { name, namespace },
          roleRef: { apiGroup, kind: "Role", name },
          subject,
          dependsOn: [role],
        }),
      ];
    }
    case "cluster": {
      const metadata = { name: `${namespace}-${name}` };
      const role = new ClusterRoleV1(scope, "cluster-role", { metadata, rule, dependsOn });
      return [
        new ClusterRoleBindingV1(scope, "cluster-role-binding", {
          metadata,
          roleRef: { apiGroup, kind: "ClusterRole", name: metadata.name },
          subject,
          dependsOn: [role],
        }),
      ];
    }
    default:
      return assertNever("access to Kubernetes", kubernetes);
  }
}
