import { defineEnvironment } from "../platform/define-environment";

/** Spot machines in each zone for what may go at two minutes' notice, and none of it elsewhere. */
export default defineEnvironment({
  name: "spot",
  aws: { region: "us-west-2", accountId: "123456789012" },
  cluster: {
    endpoint: { kind: "private", clients: [{ kind: "network", cidr: "10.100.0.0/16" }] },
    access: {
      operators: {
        principalArn: "arn:aws:iam::123456789012:role/operators",
        policies: [{ policy: "cluster-admin" }],
      },
    },
    nodeGroups: {
      general: {},
      spot: {
        capacity: "SPOT",
        instanceTypes: ["m7i.large", "m6i.large", "m5.large"],
        size: { min: 0, desired: 3, max: 12 },
        labels: { lifecycle: "spot" },
        taints: [{ key: "lifecycle", value: "spot", effect: "NO_SCHEDULE" }],
        nodeRepair: true,
      },
    },
  },
  workloads: {
    workers: {
      namespace: "jobs",
      image: { name: "example.com/worker", tag: "1.0.0" },
      port: 8080,
      replicas: 6,
      scheduling: {
        nodeSelector: { lifecycle: "spot" },
        tolerations: [{ key: "lifecycle", value: "spot", effect: "NoSchedule" }],
      },
    },
  },
});
