import { access, cluster, dev, endpoint, environment, type WrongEnvironment, workload } from "../fixtures";

export const wrongFargate: readonly WrongEnvironment[] = [
  {
    rule: "the EBS driver gets its permissions from the agent",
    environment: cluster({ addons: { "eks-pod-identity-agent": "off" } }, { identity: { workloads: "irsa" } }),
    reported: [
      [
        'cluster.addons["aws-ebs-csi-driver"]',
        '{ version: "default", configuration: {} }',
        "It is on while eks-pod-identity-agent is off, and the agent is who gives its controller AWS permissions.",
        `Take the agent's "off" out, or write \`"aws-ebs-csi-driver": "off"\` too.`,
      ],
    ],
  },
  {
    rule: "Pod Identity has its agent",
    environment: cluster({ addons: { "eks-pod-identity-agent": "off", "aws-ebs-csi-driver": "off" } }),
    reported: [
      [
        'cluster.addons["eks-pod-identity-agent"]',
        '"off"',
        "Pod Identity hands out AWS credentials through this agent, and these need them: controllers.awsLoadBalancerController.",
        'Take the line out, or write `identity: { workloads: "irsa" }`.',
      ],
    ],
  },
  {
    rule: "Pod Identity does not serve a cluster of Fargate alone",
    environment: environment({
      cluster: { access, endpoint, fargateProfiles: { all: { selectors: [{ namespace: "kube-system" }] } } },
    }),
    reported: [
      [
        "identity.workloads",
        '"pod-identity"',
        "The cluster has Fargate alone, and Fargate runs no DaemonSets, so the Pod Identity agent is not there to hand out credentials; this concerns controllers.awsLoadBalancerController.",
        'Write `identity: { workloads: "irsa" }`.',
      ],
    ],
  },
  {
    rule: "Pod Identity does not serve a controller on Fargate",
    environment: cluster({
      addons: { "aws-ebs-csi-driver": "off" },
      fargateProfiles: { system: { selectors: [{ namespace: "kube-*" }] } },
    }),
    reported: [
      [
        "controllers.awsLoadBalancerController",
        '{ replicas: 2, logLevel: "info" }',
        "A Fargate profile selects these pods, and Fargate runs no DaemonSets, so the Pod Identity agent is not there to hand out credentials.",
        'Write `identity: { workloads: "irsa" }`, or a Fargate selector that leaves these pods to nodes.',
      ],
    ],
  },
  {
    rule: "the EBS driver's controller stays on nodes, where its credentials are",
    environment: environment({
      identity: { workloads: "irsa" },
      cluster: {
        ...dev.cluster,
        fargateProfiles: {
          dns: { selectors: [{ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }] },
          system: { selectors: [{ namespace: "kube-system" }] },
        },
      },
    }),
    reported: [
      [
        "cluster.fargateProfiles.system.selectors",
        '[{ namespace: "kube-system", labels: {} }]',
        "It selects the controller of aws-ebs-csi-driver too, and on Fargate there is no Pod Identity agent to give it AWS permissions: no volume would be made.",
        'Select what you mean by its labels, such as `{ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }`, or write `"aws-ebs-csi-driver": "off"` in cluster.addons.',
      ],
    ],
  },
  {
    rule: "Pod Identity does not serve a workload on Fargate",
    environment: workload(
      { namespace: "jobs-eu", aws: { kind: "role" } },
      { cluster: { ...dev.cluster, fargateProfiles: { jobs: { selectors: [{ namespace: "jobs-*" }] } } } },
    ),
    reported: [
      [
        "workloads.shop.aws",
        '{ kind: "role", statements: [], policyArns: [] }',
        "A Fargate profile selects these pods, and Fargate runs no DaemonSets, so the Pod Identity agent is not there to hand out credentials.",
        'Write `identity: { workloads: "irsa" }`, or a Fargate selector that leaves these pods to nodes.',
      ],
    ],
  },
  {
    rule: "kube2iam does not serve a workload on Fargate",
    environment: workload(
      { podAnnotations: { "iam.amazonaws.com/role": "orders" } },
      {
        cluster: {
          ...dev.cluster,
          fargateProfiles: { web: { selectors: [{ namespace: "default", labels: { app: "shop" } }] } },
        },
      },
    ),
    reported: [
      [
        'workloads.shop.podAnnotations["iam.amazonaws.com/role"]',
        '"orders"',
        "A Fargate profile selects these pods, and Fargate runs no DaemonSets, so kube2iam is not there to give them the role.",
        'Write `aws: { kind: "role", ... }` and `identity: { workloads: "irsa" }`, which works on Fargate.',
      ],
    ],
  },
  {
    rule: "a role of kube2iam does not reach Fargate either",
    environment: workload(
      { aws: { kind: "kube2iam", role: "orders" } },
      {
        controllers: { kube2iam: {} },
        identity: { kube2iamRoles: { orders: {} } },
        cluster: { ...dev.cluster, fargateProfiles: { web: { selectors: [{ namespace: "d?fault" }] } } },
      },
    ),
    reported: [
      [
        "workloads.shop.aws",
        '{ kind: "kube2iam", role: "orders" }',
        "A Fargate profile selects these pods, and Fargate runs no DaemonSets, so kube2iam is not there to give them the role.",
        'Write `aws: { kind: "role", ... }` and `identity: { workloads: "irsa" }`, which works on Fargate.',
      ],
    ],
  },
  {
    rule: "Fargate runs nothing privileged",
    environment: workload(
      { security: { kind: "privileged", reason: "It traces the kernel." } },
      { cluster: { ...dev.cluster, fargateProfiles: { web: { selectors: [{ namespace: "default" }] } } } },
    ),
    reported: [
      [
        "workloads.shop.security",
        '{ kind: "privileged", reason: "It traces the kernel." }',
        "A Fargate profile selects these pods, and Fargate runs no privileged containers.",
        'Write `security: { kind: "baseline", reason: "..." }`, or a namespace that no profile selects.',
      ],
    ],
  },
  {
    rule: "a cluster of Fargate alone runs the metrics server where an autoscaler counts on it",
    environment: workload(
      { autoscaler: { min: 2, max: 4 } },
      {
        identity: { workloads: "irsa" },
        controllers: {},
        cluster: {
          access,
          endpoint,
          addons: { coredns: "off" },
          fargateProfiles: { all: { selectors: [{ namespace: "default" }] } },
        },
      },
    ),
    reported: [
      [
        "cluster.fargateProfiles",
        '["default"]',
        "The cluster has Fargate alone, and no profile selects kube-system, so the metrics server never starts and no autoscaler knows what pods use.",
        'Add `{ namespace: "kube-system" }` to the selectors of a Fargate profile.',
      ],
    ],
  },
  {
    rule: "a cluster of Fargate alone selects every pod",
    environment: workload(
      { namespace: "shop" },
      {
        identity: { workloads: "irsa" },
        controllers: { certManager: {} },
        cluster: { access, endpoint, fargateProfiles: { all: { selectors: [{ namespace: "default" }] } } },
      },
    ),
    reported: [
      [
        "cluster.fargateProfiles",
        '["default"]',
        "The cluster has Fargate alone, and no profile selects kube-system, so CoreDNS never starts and no name resolves.",
        'Add `{ namespace: "kube-system" }` to the selectors of a Fargate profile.',
      ],
      [
        "controllers.certManager",
        "{ replicas: 2, issuers: {} }",
        "The cluster has Fargate alone, and no profile selects these pods in the namespace cert-manager, so they never start.",
        'Add `{ namespace: "cert-manager" }` to the selectors of a Fargate profile, or add a node group.',
      ],
      [
        "workloads.shop.namespace",
        '"shop"',
        "The cluster has Fargate alone, and no profile selects these pods in the namespace shop, so they never start.",
        'Add `{ namespace: "shop" }` to the selectors of a Fargate profile, or add a node group.',
      ],
    ],
  },
  {
    rule: "a version past its standard support is refused under STANDARD",
    environment: cluster({ version: "1.33" }),
    reported: [
      [
        "cluster.version",
        '"1.33"',
        "Its standard support ended on 2026-07-29, and under STANDARD EKS makes no such cluster and upgrades those there are.",
        'Write `version: "1.35"`, or `supportType: "EXTENDED"`, which costs more an hour and lasts until 2027-07-29.',
      ],
    ],
  },
];
