import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { loadBalancerControllerAccount } from "../controllers/aws-load-balancer-controller";
import { ClientSecret } from "./client-secret";
import type { Callers } from "./schema";

export interface SecretAccessProps {
  /** Region of the secret that a client is kept in. */
  readonly region: string;
  readonly name: string;
  readonly namespace: string;
  readonly callers: Callers;
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Lets the load balancer controller read the one Secret of an OpenID Connect client: its chart gives it none. Has the
 * Secret made where the environment says what of.
 * Source: values of the chart, `clusterSecretsPermissions`.
 */
export class SecretAccess extends Construct {
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SecretAccessProps) {
    super(scope, id);
    const { callers, namespace } = props;
    if (callers.kind !== "oidc") {
      this.ready = [];
      return;
    }
    const name = `${props.name}-sign-in`;
    const role = new RoleV1(this, "role", {
      metadata: { name, namespace },
      rule: [
        {
          apiGroups: [""],
          resources: ["secrets"],
          resourceNames: [callers.secretName],
          // It watches the Secret by its name, so that a new client secret takes effect.
          verbs: ["get", "list", "watch"],
        },
      ],
      dependsOn: [...props.dependsOn],
    });
    const binding = new RoleBindingV1(this, "binding", {
      metadata: { name, namespace },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
      subject: [{ kind: "ServiceAccount", ...loadBalancerControllerAccount }],
      dependsOn: [role],
    });
    const client = new ClientSecret(this, "client", props);
    this.ready = [binding, ...client.ready];
  }
}
