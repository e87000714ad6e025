import { cluster, type WrongEnvironment } from "../fixtures";

export const wrongClusterValues: readonly WrongEnvironment[] = [
  {
    rule: "a Kubernetes version that EKS no longer has is refused",
    environment: cluster({ version: "1.30" }),
    reported: [
      [
        "cluster.version",
        '"1.30"',
        'It is one of "1.31", "1.32", "1.33", "1.34", "1.35" or "1.36".',
        "Write one of them.",
      ],
    ],
  },
  {
    rule: "a Kubernetes version without quotes is given them",
    environment: cluster({ version: 1.35 }),
    reported: [
      [
        "cluster.version",
        "1.35",
        'It is one of "1.31", "1.32", "1.33", "1.34", "1.35" or "1.36".',
        'Write it in quotes: "1.35".',
      ],
    ],
  },
  {
    rule: "a choice written as its kind alone is written out",
    environment: cluster({ endpoint: "private" }),
    reported: [
      ["cluster.endpoint", '"private"', "An object is expected here, not text.", 'Write { kind: "private" }.'],
    ],
  },
  {
    rule: "a choice without its kind is guessed by its options",
    environment: cluster({ endpoint: { cidrs: ["203.0.113.0/24"] } }),
    reported: [
      [
        "cluster.endpoint.kind",
        "nothing",
        '`kind` says which sort `cluster.endpoint` is: "private" or "public-and-private".',
        'Add `kind: "public-and-private"`.',
      ],
    ],
  },
  {
    rule: "a choice of an unknown kind lists the kinds",
    environment: cluster({ endpoint: { kind: "public" } }),
    reported: [
      [
        "cluster.endpoint.kind",
        '"public"',
        '`cluster.endpoint` has no such kind; there is "private" or "public-and-private".',
        'Did you mean "public-and-private"?',
      ],
    ],
  },
  {
    rule: "a public endpoint names networks",
    environment: cluster({ endpoint: { kind: "public-and-private", cidrs: [] } }),
    reported: [
      [
        "cluster.endpoint.cidrs",
        "[]",
        "A public endpoint needs the networks that may reach it.",
        'Write a value such as ["203.0.113.0/24"].',
      ],
    ],
  },
  {
    rule: "a network of IPv6 is refused",
    environment: cluster({ endpoint: { kind: "public-and-private", cidrs: ["::/0"] } }),
    reported: [
      [
        "cluster.endpoint.cidrs[0]",
        '"::/0"',
        "Networks and endpoints here are IPv4 alone.",
        'Write a value such as "10.0.0.0/16".',
      ],
    ],
  },
  {
    rule: "a log group keeps days that CloudWatch knows",
    environment: cluster({ logs: { retentionDays: 100 } }),
    reported: [
      [
        "cluster.logs.retentionDays",
        "100",
        "It is one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653.",
        "Write 90, the nearest of them.",
      ],
    ],
  },
  {
    rule: "an add-on version has its build",
    environment: cluster({ addons: { coredns: { version: "1.11.4" } } }),
    reported: [
      [
        "cluster.addons.coredns.version",
        '"1.11.4"',
        "An add-on version looks like v1.22.4-eksbuild.1.",
        'Write a value such as "default".',
      ],
    ],
  },
  {
    rule: "an add-on is an object or off",
    environment: cluster({ addons: { coredns: "of" } }),
    reported: [["cluster.addons.coredns", '"of"', 'The only text that fits here is "off".', 'Write "off".']],
  },
  {
    rule: "a name of a node group is a Kubernetes name",
    environment: cluster({ nodeGroups: { General_1: {} } }),
    reported: [
      [
        "cluster.nodeGroups.General_1",
        '"General_1"',
        "A Kubernetes name has lower-case letters, digits and hyphens, at most 63, and no hyphen at an end.",
        'Rename it to something like "shop".',
      ],
    ],
  },
  {
    rule: "a number in quotes loses them",
    environment: cluster({ nodeGroups: { general: { size: { min: "2" } } } }),
    reported: [
      [
        "cluster.nodeGroups.general.size.min",
        '"2"',
        "A number is expected here, not text.",
        "Write it without quotes: 2.",
      ],
    ],
  },
  {
    rule: "one instance type alone becomes a list",
    environment: cluster({ nodeGroups: { general: { instanceTypes: "m7i.large" } } }),
    reported: [
      [
        "cluster.nodeGroups.general.instanceTypes",
        '"m7i.large"',
        "A list is expected here, not text.",
        'Write a list: ["m7i.large"].',
      ],
    ],
  },
  {
    rule: "a truth value in quotes loses them",
    environment: cluster({ deletionProtection: "true" }),
    reported: [
      [
        "cluster.deletionProtection",
        '"true"',
        "True or false is expected here, not text.",
        "Write it without quotes: true.",
      ],
    ],
  },
  {
    rule: "a weaker choice says why",
    environment: cluster({ encryption: { kind: "aws-owned-key" } }),
    reported: [
      [
        "cluster.encryption.reason",
        "nothing",
        "It is a weaker choice, and nobody says why it is made.",
        "Write for the reviewer why it is meant, or make the choice that needs no reason.",
      ],
    ],
  },
  {
    rule: "an access entry is for namespaces or the cluster, not for none",
    environment: cluster({
      access: {
        team: {
          principalArn: "arn:aws:iam::123456789012:role/team",
          policies: [{ policy: "view", scope: { kind: "namespaces", namespaces: [] } }],
        },
      },
    }),
    reported: [
      [
        "cluster.access.team.policies[0].scope.namespaces",
        "[]",
        "The list must not be empty.",
        'Write a value such as ["shop"].',
      ],
    ],
  },
  {
    rule: "EKS keeps groups under system: to itself",
    environment: cluster({
      access: { team: { principalArn: "arn:aws:iam::123456789012:role/team", groups: ["system:masters"] } },
    }),
    reported: [
      [
        "cluster.access.team.groups[0]",
        '"system:masters"',
        "EKS refuses groups that begin with system:.",
        'Write a value such as "viewers".',
      ],
    ],
  },
  {
    rule: "a service network is one that EKS takes",
    environment: cluster({ serviceCidr: "100.64.0.0/16" }),
    reported: [
      [
        "cluster.serviceCidr",
        '"100.64.0.0/16"',
        "EKS takes a network from /12 to /24 inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.",
        'Write a value such as "172.20.0.0/16".',
      ],
    ],
  },
  {
    rule: "a Fargate profile has five selectors at most",
    environment: cluster({
      fargateProfiles: { all: { selectors: ["a", "b", "c", "d", "e", "f"].map((namespace) => ({ namespace })) } },
    }),
    reported: [
      [
        "cluster.fargateProfiles.all.selectors",
        '[{ namespace: "a" }, { namespace: "b" }, { namespace: "c" }, { namespace: "d" }, { namespace: "e" }, { namespace: "f" }]',
        "A Fargate profile has at most five selectors.",
        "Leave 5 of them.",
      ],
    ],
  },
];
