import { access, cluster, endpoint, environment, type WrongEnvironment } from "../fixtures";

export const wrongClusterRules: readonly WrongEnvironment[] = [
  {
    rule: "somebody reaches a private API server",
    environment: cluster({ endpoint: { kind: "private" } }),
    reported: [
      [
        "cluster.endpoint",
        '{ kind: "private", clients: [] }',
        "Nobody outside the cluster may call its API server, so Terraform would wait in vain in the stacks controllers and apps.",
        'Name who applies, such as `clients: [{ kind: "network", cidr: "10.0.0.0/16" }]` for runners or a VPN, or say that Terraform runs in the cluster: `reachedFrom: { kind: "inside", reason: "..." }`.',
      ],
    ],
  },
  {
    rule: "someone signs in to a cluster that has something to run",
    environment: cluster({ access: {} }),
    reported: [
      [
        "cluster.access",
        "{}",
        "Nobody signs in to Kubernetes, and it would refuse Terraform too in the stacks controllers and apps.",
        'Add who applies: `operators: { principalArn: "arn:aws:iam::<account>:role/<role>", policies: [{ policy: "cluster-admin" }] }`.',
      ],
    ],
  },
  {
    rule: "an access entry grants something",
    environment: cluster({ access: { ...access, team: { principalArn: "arn:aws:iam::123456789012:role/team" } } }),
    reported: [
      [
        "cluster.access.team",
        '{ type: "STANDARD", principalArn: "arn:aws:iam::123456789012:role/team", policies: [], groups: [] }',
        "It has neither policies nor groups, so the principal gets in and may do nothing.",
        'Add `policies: [{ policy: "view" }]`, or `groups` that your RBAC knows, or take it out.',
      ],
    ],
  },
  {
    rule: "an access entry is for a role or a user",
    environment: cluster({
      access: { ...access, team: { principalArn: "arn:aws:iam::123456789012:root", groups: ["viewers"] } },
    }),
    reported: [
      [
        "cluster.access.team.principalArn",
        '"arn:aws:iam::123456789012:root"',
        "An access entry admits one role or user; an account's root stands for everybody in it only in IAM's own policies.",
        "Write the ARN of the role that these people assume.",
      ],
    ],
  },
  {
    rule: "a principal has one access entry",
    environment: cluster({
      access: {
        one: { principalArn: "arn:aws:iam::123456789012:role/team", groups: ["a"] },
        two: { principalArn: "arn:aws:iam::123456789012:role/team", groups: ["b"] },
      },
    }),
    reported: [
      [
        "cluster.access",
        '{ one: { principalArn: "arn:aws:iam::123456789012:role/team", groups: ["a"] }, two: { principalArn: "arn:aws:iam::123...',
        "EKS has one access entry for a principal; join the policies and groups of both in one.",
        "Keep one entry of the principal, with the policies and groups of both.",
      ],
    ],
  },
  {
    rule: "pods have something to run on",
    environment: environment({ cluster: { access, endpoint } }),
    reported: [
      [
        "cluster.nodeGroups",
        "{}",
        "There are neither node groups nor Fargate profiles nor Auto Mode, so no pod of a controller or workload ever starts.",
        "Add `nodeGroups: { general: {} }` to `cluster`.",
      ],
    ],
  },
  {
    rule: "some nodes are without a taint",
    environment: cluster({ nodeGroups: { general: { taints: [{ key: "dedicated", effect: "NO_SCHEDULE" }] } } }),
    reported: [
      [
        "cluster.nodeGroups",
        '{ general: { taints: [{ key: "dedicated", effect: "NO_SCHEDULE" }] } }',
        "Every node group has a taint, and controllers and workloads tolerate none, so none of their pods ever starts.",
        "Add a node group without taints, or take them from one.",
      ],
    ],
  },
  {
    rule: "a node group's sizes are in order",
    environment: cluster({ nodeGroups: { general: { size: { min: 6 } } } }),
    reported: [
      [
        "cluster.nodeGroups.general.size",
        "{ min: 6, desired: 2, max: 4 }",
        "A node group holds min <= desired <= max, defaults (2, 2, 4) included.",
        "Write `size: { min: 6, desired: 6, max: 6 }`, or smaller ones in that order.",
      ],
    ],
  },
  {
    rule: "an arm image runs on Graviton",
    environment: cluster({
      nodeGroups: { general: { amiType: "BOTTLEROCKET_ARM_64", instanceTypes: ["m7g.large", "m7i.large"] } },
    }),
    reported: [
      [
        "cluster.nodeGroups.general.instanceTypes[1]",
        '"m7i.large"',
        "Its processor is x86_64, and the image BOTTLEROCKET_ARM_64 is for arm64.",
        "Write an x86_64 `amiType`, or a type with g behind the generation, such as m7g.large.",
      ],
    ],
  },
  {
    rule: "an x86 image does not run on Graviton",
    environment: cluster({ nodeGroups: { general: { instanceTypes: ["c7gn.xlarge"] } } }),
    reported: [
      [
        "cluster.nodeGroups.general.instanceTypes[0]",
        '"c7gn.xlarge"',
        "Its processor is arm64, and the image AL2023_x86_64_STANDARD is for x86_64.",
        'Write `amiType: "AL2023_ARM_64_STANDARD"` or "BOTTLEROCKET_ARM_64", or a type without g behind the generation, such as m7i.large.',
      ],
    ],
  },
  {
    rule: "an NVIDIA image runs where a GPU is",
    environment: cluster({ nodeGroups: { gpu: { amiType: "AL2023_x86_64_NVIDIA", instanceTypes: ["m7i.large"] } } }),
    reported: [
      [
        "cluster.nodeGroups.gpu.instanceTypes[0]",
        '"m7i.large"',
        "It has no NVIDIA GPU, and the image AL2023_x86_64_NVIDIA is for those.",
        'Write a type with one, such as g6.xlarge, or `amiType: "AL2023_x86_64_STANDARD"`.',
      ],
    ],
  },
  {
    rule: "a Neuron image runs where a Neuron device is",
    environment: cluster({ nodeGroups: { neuron: { amiType: "AL2023_x86_64_NEURON", instanceTypes: ["g6.xlarge"] } } }),
    reported: [
      [
        "cluster.nodeGroups.neuron.instanceTypes[0]",
        '"g6.xlarge"',
        "It has no Neuron device, and the image AL2023_x86_64_NEURON is for those.",
        'Write a type with one, such as inf2.xlarge, or `amiType: "AL2023_x86_64_STANDARD"`.',
      ],
    ],
  },
  {
    rule: "an image for accelerators names its instance types",
    environment: cluster({ nodeGroups: { gpu: { amiType: "AL2023_x86_64_NVIDIA" } } }),
    reported: [
      [
        "cluster.nodeGroups.gpu.instanceTypes",
        "nothing",
        "An image with an accelerator's drivers needs instance types that have one, such as g6.xlarge or inf2.xlarge.",
        'Add `instanceTypes: ["g6.xlarge"]` for NVIDIA or `instanceTypes: ["inf2.xlarge"]` for Neuron.',
      ],
    ],
  },
  {
    rule: "EKS keeps node labels to itself",
    environment: cluster({ nodeGroups: { general: { labels: { "node-role.kubernetes.io/worker": "true" } } } }),
    reported: [
      [
        'cluster.nodeGroups.general.labels["node-role.kubernetes.io/worker"]',
        '"true"',
        "EKS refuses node labels under kubernetes.io, k8s.io and eks.amazonaws.com.",
        'Write a key of your own, such as "worker".',
      ],
    ],
  },
];
