import { type WrongEnvironment, workload, workloads } from "../fixtures";

const gp3 = { storageClasses: { gp3: { kind: "ebs", default: true } } };
const withVolume = (volume: object, rest: object = gp3) =>
  workload({ runs: { kind: "stateful-set", volumes: { data: { mountPath: "/data", sizeGiB: 1, ...volume } } } }, rest);
const job = { runs: { kind: "job" }, port: undefined };

/** StatefulSets, Jobs, more containers, scheduling and rights in Kubernetes. */
export const wrongWholeWorkloads: readonly WrongEnvironment[] = [
  {
    rule: "pods that are called have a port",
    environment: workload({ port: undefined }),
    reported: [
      [
        "workloads.shop.port",
        "nothing",
        "Pods that are called have a port.",
        "Write the port that the container listens on, such as `port: 8080`.",
      ],
    ],
  },
  {
    rule: "a Job has no port",
    environment: workload({ runs: { kind: "job" } }),
    reported: [["workloads.shop.port", "8080", "A Job runs to its end, and nobody calls it.", "Take `port` out."]],
  },
  {
    rule: "no door leads to a Job",
    environment: workload({ ...job, routes: [{ kind: "alb", host: "shop.example.com" }] }),
    reported: [
      [
        "workloads.shop.routes",
        '["alb"]',
        "A Job runs to its end, and no door leads to it.",
        'Take `routes` out, or write `runs: { kind: "deployment" }`.',
      ],
    ],
  },
  {
    rule: "a Job has no autoscaler",
    environment: workload({ ...job, autoscaler: { min: 1, max: 2 } }),
    reported: [
      [
        "workloads.shop.autoscaler",
        "{ min: 1, max: 2, cpuPercent: 70, metrics: [] }",
        "A Job says itself how many pods it has.",
        'Take it out, or write `runs: { kind: "deployment" }`.',
      ],
    ],
  },
  {
    rule: "a Job has no sidecar, which would not end",
    environment: workload({ ...job, sidecars: { proxy: { image: { name: "example.com/proxy", tag: "1.0.0" } } } }),
    reported: [
      [
        "workloads.shop.sidecars",
        '["proxy"]',
        "It would not end when the Job's own container does, and so neither would the Job.",
        'Take it out, or write `runs: { kind: "deployment" }`.',
      ],
    ],
  },
  {
    rule: "nobody calls a Job",
    environment: workloads({ shop: { calls: [{ kind: "workload", workload: "seed" }] }, seed: job }),
    reported: [
      [
        "workloads.shop.calls[0].workload",
        '"seed"',
        "A Job runs to its end, and nobody calls it.",
        "Take the line out.",
      ],
    ],
  },
  {
    rule: "a volume has a class",
    environment: withVolume({}, {}),
    reported: [
      [
        "workloads.shop.runs.volumes.data",
        '{ mountPath: "/data", sizeGiB: 1, accessMode: "ReadWriteOnce" }',
        "It names no class, and EKS has had no default class since Kubernetes 1.30, so no volume would be made and no pod start.",
        'Add `storageClasses: { gp3: { kind: "ebs", default: true } }` to the environment.',
      ],
    ],
  },
  {
    rule: "a volume's class is there",
    environment: withVolume({ storageClass: "gp4" }),
    reported: [
      [
        "workloads.shop.runs.volumes.data.storageClass",
        '"gp4"',
        "It is none of `storageClasses`.",
        'Did you mean "gp3"? Otherwise add it there, such as `{ kind: "ebs" }`.',
      ],
    ],
  },
  {
    rule: "a volume of EBS is one node's",
    environment: withVolume({ accessMode: "ReadWriteMany" }),
    reported: [
      [
        "workloads.shop.runs.volumes.data.accessMode",
        '"ReadWriteMany"',
        "A volume of EBS is mounted by one node at a time.",
        'Write `accessMode: "ReadWriteOnce"`, or a class of kind "efs".',
      ],
    ],
  },
  {
    rule: "volumes are mounted where nothing else is",
    environment: workload(
      {
        runs: { kind: "stateful-set", volumes: { data: { mountPath: "/data", sizeGiB: 1 } } },
        temporaryDirectories: ["/data/"],
      },
      gp3,
    ),
    reported: [
      [
        "workloads.shop.temporaryDirectories[0]",
        '"/data/"',
        "workloads.shop.runs.volumes.data.mountPath is mounted there already, and one place takes one mount.",
        "Mount it elsewhere, or put all files into one ConfigMap.",
      ],
    ],
  },
  {
    rule: "a class of EFS has its driver",
    environment: workload({}, { storageClasses: { shared: { kind: "efs", fileSystemId: "fs-0123456789abcdef0" } } }),
    reported: [
      [
        "storageClasses.shared",
        '{ kind: "efs", default: false, reclaim: "Delete", bindsAt: "WaitForFirstConsumer", fileSystemId: "fs-0123456789abcdef...',
        "The add-on `aws-efs-csi-driver` makes such volumes, and it is not there.",
        'Add `otherAddons: { "aws-efs-csi-driver": { credentials: { ... } } }` to `cluster`; docs/anything-else.md has it whole.',
      ],
    ],
  },
  {
    rule: "a cluster has one default class",
    environment: workload(
      {},
      { storageClasses: { a: { kind: "ebs", default: true }, b: { kind: "ebs", default: true } } },
    ),
    reported: [
      [
        "storageClasses",
        '{ a: { kind: "ebs", default: true }, b: { kind: "ebs", default: true } }',
        "A cluster has one default class, and Kubernetes takes the newest of several.",
        "Write `default: true` in one of them.",
      ],
    ],
  },
  {
    rule: "containers of a pod differ in name",
    environment: workload({ sidecars: { shop: { image: { name: "example.com/proxy", tag: "1.0.0" } } } }),
    reported: [
      [
        "workloads.shop.sidecars.shop",
        '"shop"',
        "workloads.shop.names.container is a container of this name in the same pod.",
        "Give it another name.",
      ],
    ],
  },
  {
    rule: "containers of a pod share its ports",
    environment: workload({ sidecars: { proxy: { image: { name: "example.com/proxy", tag: "1.0.0" }, port: 8080 } } }),
    reported: [
      [
        "workloads.shop.sidecars.proxy.port",
        "8080",
        "workloads.shop.port is the same port, and the containers of a pod share one address.",
        "Write another port.",
      ],
    ],
  },
  {
    rule: "a sidecar's image is of a repository that is there",
    environment: workload({ sidecars: { proxy: { image: { repository: "proxi", tag: "1.0.0" } } } }),
    reported: [
      [
        "workloads.shop.sidecars.proxy.image.repository",
        '"proxi"',
        "`repository` names one of the environment's own ECR repositories, and there is none of this name.",
        'Add `"proxi": {}` to `registry.repositories`, or write `name` for an image of elsewhere.',
      ],
    ],
  },
  {
    rule: "rights in Kubernetes name what they are for",
    environment: workload({ kubernetes: { kind: "namespace", rules: [{ resources: ["*"], verbs: ["get"] }] } }),
    reported: [
      [
        "workloads.shop.kubernetes.rules[0].resources",
        '["*"]',
        "`*` stands for all there is and will be, Secrets and roles among it.",
        "Name what the pods need.",
      ],
    ],
  },
  {
    rule: "rights in Kubernetes are of a service account of the workload's own",
    environment: workload({
      serviceAccount: { existing: "other" },
      kubernetes: { kind: "namespace", rules: [{ resources: ["pods"], verbs: ["get"] }] },
    }),
    reported: [
      [
        "workloads.shop.serviceAccount",
        '{ existing: "other" }',
        "The workload asks for rights in Kubernetes, and other is made elsewhere: every pod under that name would have them.",
        "Leave `serviceAccount` out for one of the workload's own, or bind the rights where that is made.",
      ],
    ],
  },
  {
    rule: "a toleration of every taint says so",
    environment: workload({ scheduling: { tolerations: [{ effect: "NoSchedule" }] } }),
    reported: [
      [
        "workloads.shop.scheduling.tolerations[0].key",
        "nothing",
        "Without a key it tolerates every taint, and Kubernetes wants that said.",
        'Write the `key`, or `operator: "Exists"` where every taint is meant.',
      ],
    ],
  },
  {
    rule: "a schedule is cron's",
    environment: workload({ port: undefined, runs: { kind: "cron-job", schedule: "at noon" } }),
    reported: [
      [
        "workloads.shop.runs.schedule",
        '"at noon"',
        "A schedule has five fields, such as 0 3 * * 1, or is a word such as @daily.",
        'Write a value such as "0 3 * * *".',
      ],
    ],
  },
];
