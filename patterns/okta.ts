import { defineEnvironment } from "../platform/define-environment";

/** People sign in with Okta, and a group of theirs may look at everything. */
export default defineEnvironment({
  name: "okta",
  aws: { region: "us-west-2", accountId: "123456789012" },
  cluster: {
    endpoint: { kind: "private", clients: [{ kind: "network", cidr: "10.100.0.0/16" }] },
    access: {
      operators: {
        principalArn: "arn:aws:iam::123456789012:role/operators",
        policies: [{ policy: "cluster-admin" }],
      },
    },
    nodeGroups: { general: {} },
    identityProvider: {
      name: "okta",
      issuerUrl: "https://example.okta.com/oauth2/default",
      clientId: "0oa1example",
      usernameClaim: "email",
      usernamePrefix: "okta:",
      groupsClaim: "groups",
      groupsPrefix: "okta:",
    },
  },
  manifests: {
    viewers: {
      objects: [
        {
          apiVersion: "rbac.authorization.k8s.io/v1",
          kind: "ClusterRoleBinding",
          metadata: { name: "okta-viewers" },
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
          subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "okta:viewers" }],
        },
      ],
    },
  },
});
