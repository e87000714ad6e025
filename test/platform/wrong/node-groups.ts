import { cluster, existingNetwork, type WrongEnvironment } from "../fixtures";

const group = (options: object, rest: object = {}) => cluster({ nodeGroups: { general: options } }, rest);

export const wrongNodeGroups: readonly WrongEnvironment[] = [
  {
    rule: "a node group stands in zones that the network has",
    environment: group({ subnets: { kind: "zones", zones: ["a", "f"] } }),
    reported: [
      [
        "cluster.nodeGroups.general.subnets.zones[1]",
        '"f"',
        "The network has no private subnet there.",
        "Write one of a, b and c.",
      ],
    ],
  },
  {
    rule: "subnets of a network made here have no ids",
    environment: group({ subnets: { kind: "ids", subnetIds: ["subnet-0123456789abcdef0"] } }),
    reported: [
      [
        "cluster.nodeGroups.general.subnets.kind",
        '"ids"',
        "The network is made here, and its subnets have no ids before that.",
        'Write `{ kind: "zones", zones: [...] }` with some of a, b and c.',
      ],
    ],
  },
  {
    rule: "zones of another team's subnets are not known",
    environment: group(
      { subnets: { kind: "zones", zones: ["a"] } },
      existingNetwork(["subnet-0bbbbbbbbbbbbbbb1", "subnet-0bbbbbbbbbbbbbbb2"]),
    ),
    reported: [
      [
        "cluster.nodeGroups.general.subnets.kind",
        '"zones"',
        "Of a network that exists nobody here knows which subnet stands in which zone.",
        'Write `{ kind: "ids", subnetIds: [...] }` with some of `network.privateSubnetIds`.',
      ],
    ],
  },
  {
    rule: "kubelet settings reach nodes that read them",
    environment: group({ amiType: "BOTTLEROCKET_x86_64", kubelet: { maxPods: 110 } }),
    reported: [
      [
        "cluster.nodeGroups.general.kubelet",
        "{ maxPods: 110 }",
        "BOTTLEROCKET_x86_64 has no nodeadm, which reads these settings.",
        "Choose an `amiType` of AL2023, or take `kubelet` out.",
      ],
    ],
  },
  {
    rule: "a volume is large enough for its operations",
    environment: group({ disk: { sizeGiB: 20, iops: 16000 } }),
    reported: [
      [
        "cluster.nodeGroups.general.disk.iops",
        "16000",
        "gp3 gives 500 operations a second to each GiB, so 10000 to 20 GiB.",
        "Write `sizeGiB: 32` or more, or fewer operations.",
      ],
    ],
  },
  {
    rule: "a volume has operations for its throughput",
    environment: group({ disk: { throughputMiBps: 1000 } }),
    reported: [
      [
        "cluster.nodeGroups.general.disk.throughputMiBps",
        "1000",
        "gp3 gives a MiB a second to every four operations a second.",
        "Raise `iops` to four times of it, or lower it.",
      ],
    ],
  },
  {
    rule: "an update that ends pods against their budgets has a reason",
    environment: group({ forceUpdate: { reason: "no" } }),
    reported: [
      [
        "cluster.nodeGroups.general.forceUpdate.reason",
        '"no"',
        "Say why in a sentence of ten characters or more.",
        "Write for the reviewer why it is meant, or make the choice that needs no reason.",
      ],
    ],
  },
];
