import { defineEnvironment } from "../platform/define-environment";

/** Teams in namespaces of their own: who they are, what they may use, and whom their pods talk to. */
export default defineEnvironment({
  name: "tenants",
  aws: { region: "us-west-2", accountId: "123456789012" },
  cluster: {
    endpoint: { kind: "private", clients: [{ kind: "network", cidr: "10.100.0.0/16" }] },
    access: {
      operators: {
        principalArn: "arn:aws:iam::123456789012:role/operators",
        policies: [{ policy: "cluster-admin" }],
      },
      orders: {
        principalArn: "arn:aws:iam::123456789012:role/orders",
        policies: [{ policy: "edit", scope: { kind: "namespaces", namespaces: ["orders", "orders-*"] } }],
      },
      search: {
        principalArn: "arn:aws:iam::123456789012:role/search",
        policies: [{ policy: "edit", scope: { kind: "namespaces", namespaces: ["search"] } }],
      },
    },
    nodeGroups: { general: {} },
  },
  networkPolicies: "from-routes",
  namespaces: {
    orders: {
      quota: { pods: "40", "requests.cpu": "16", "requests.memory": "64Gi" },
      containerLimits: { defaultRequest: { cpu: "100m", memory: "128Mi" }, max: { cpu: "4", memory: "8Gi" } },
    },
    search: { quota: { pods: "20", "requests.cpu": "8", "requests.memory": "64Gi" } },
  },
  workloads: {
    orders: {
      namespace: "orders",
      image: { name: "example.com/orders", tag: "1.0.0" },
      port: 8080,
      calls: [{ kind: "workload", workload: "search" }],
    },
    search: { namespace: "search", image: { name: "example.com/search", tag: "1.0.0" }, port: 9200 },
  },
});
