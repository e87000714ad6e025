import type { CustomResource } from "../../../.gen/custom-resource";

/** Kubernetes' own kind, of which the fields that we set. */
interface ValidatingAdmissionPolicy extends CustomResource {
  readonly apiVersion: "admissionregistration.k8s.io/v1";
  readonly kind: "ValidatingAdmissionPolicy";
  readonly spec: {
    readonly failurePolicy: "Ignore" | "Fail";
    readonly matchConstraints: {
      readonly resourceRules: readonly {
        readonly apiGroups: readonly string[];
        readonly apiVersions: readonly string[];
        readonly operations: readonly ("CREATE" | "UPDATE" | "DELETE")[];
        readonly resources: readonly string[];
        readonly resourceNames?: readonly string[];
      }[];
    };
    readonly validations: readonly { readonly expression: string; readonly message: string }[];
  };
}

/** Puts a policy into force. */
interface ValidatingAdmissionPolicyBinding extends CustomResource {
  readonly apiVersion: "admissionregistration.k8s.io/v1";
  readonly kind: "ValidatingAdmissionPolicyBinding";
  readonly spec: { readonly policyName: string; readonly validationActions: readonly ("Deny" | "Warn" | "Audit")[] };
}

/** What a guard's name has behind that of the release that it is for. */
export const roleGuardSuffix = "-role-guard";

/**
 * Keeps an aggregated ClusterRole from coming back while its release is uninstalled.
 *
 * Helm deletes the role and those it is aggregated from at once. Kubernetes' aggregation controller sees one of the
 * latter go, writes the rules that are left into the former, and if that was just deleted its server-side apply makes it
 * again, without an owner: Helm waits for its end until its timeout, and a later installation is refused for it.
 * Source: kubernetes, `pkg/controller/clusterroleaggregation`.
 *
 * @param role name of the aggregated ClusterRole
 */
export function roleGuard(
  name: string,
  role: string,
): readonly [ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding] {
  return [
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name },
      spec: {
        failurePolicy: "Ignore",
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ["rbac.authorization.k8s.io"],
              apiVersions: ["v1"],
              operations: ["CREATE"],
              resources: ["clusterroles"],
              resourceNames: [role],
            },
          ],
        },
        validations: [
          {
            // The controller may change a role that is there; it never has to make one.
            expression:
              '!has(request.options.fieldManager) || request.options.fieldManager != "clusterrole-aggregation-controller"',
            message: "this role went with its Helm release, and aggregation would bring it back",
          },
        ],
      },
    },
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: { policyName: name, validationActions: ["Deny"] },
    },
  ];
}
