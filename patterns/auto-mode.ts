import { defineEnvironment } from "../platform/define-environment";

/** Auto Mode with a built-in pool for the system, and one of its own for spot machines on Graviton. */
export default defineEnvironment({
  name: "auto-mode",
  aws: { region: "us-west-2", accountId: "123456789012" },
  cluster: {
    endpoint: { kind: "private", clients: [{ kind: "network", cidr: "10.100.0.0/16" }] },
    access: {
      operators: {
        principalArn: "arn:aws:iam::123456789012:role/operators",
        policies: [{ policy: "cluster-admin" }],
      },
    },
    autoMode: {
      kind: "on",
      nodePools: ["system"],
      ownNodePools: {
        batch: {
          requirements: [
            { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] },
            { key: "kubernetes.io/arch", operator: "In", values: ["arm64"] },
          ],
          taints: [{ key: "dedicated", value: "batch", effect: "NoSchedule" }],
          limits: { cpu: "64", memory: "256Gi" },
        },
      },
    },
  },
  workloads: {
    nightly: {
      namespace: "batch",
      image: { name: "public.ecr.aws/docker/library/busybox", tag: "1.37" },
      command: ["sh", "-c", "date"],
      runs: { kind: "cron-job", schedule: "0 3 * * *" },
      scheduling: {
        nodeSelector: { "kubernetes.io/arch": "arm64" },
        tolerations: [{ key: "dedicated", value: "batch", effect: "NoSchedule" }],
      },
    },
  },
});
