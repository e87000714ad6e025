import { defineEnvironment } from "../platform/define-environment";

/** A permission set of IAM Identity Center that may restart pods and read their logs, by RBAC of its own. */
export default defineEnvironment({
  name: "identity-center",
  aws: { region: "us-west-2", accountId: "123456789012" },
  cluster: {
    endpoint: { kind: "private", clients: [{ kind: "network", cidr: "10.100.0.0/16" }] },
    access: {
      operators: {
        principalArn: "arn:aws:iam::123456789012:role/operators",
        policies: [{ policy: "cluster-admin" }],
      },
      support: {
        principalArn:
          "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/us-west-2/AWSReservedSSO_Support_0123456789abcdef",
        groups: ["support"],
      },
    },
    nodeGroups: { general: {} },
  },
  manifests: {
    support: {
      objects: [
        {
          apiVersion: "rbac.authorization.k8s.io/v1",
          kind: "ClusterRole",
          metadata: { name: "support" },
          rules: [
            { apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get", "list", "watch"] },
            { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
          ],
        },
        {
          apiVersion: "rbac.authorization.k8s.io/v1",
          kind: "ClusterRoleBinding",
          metadata: { name: "support" },
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "support" },
          subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "support" }],
        },
      ],
    },
  },
});
