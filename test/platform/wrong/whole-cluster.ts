import { access, cluster, environment, type WrongEnvironment } from "../fixtures";

const machines = "arn:aws:iam::123456789012:role/machines";
const entry = (options: object) =>
  cluster({ access: { ...access, machines: { type: "EC2_LINUX", principalArn: machines, ...options } } });
const remedy = 'Take it out, or write `type: "STANDARD"` where it is for people.';
const association = { namespace: "shop", serviceAccount: "shop", role: { kind: "own" } };

/** Control plane, access and associations of Pod Identity. */
export const wrongWholeCluster: readonly WrongEnvironment[] = [
  {
    rule: "a node's entry has no groups",
    environment: entry({ groups: ["nodes"] }),
    reported: [
      ["cluster.access.machines.groups", '["nodes"]', "EKS gives nodes of type EC2_LINUX their groups itself.", remedy],
    ],
  },
  {
    rule: "a node's entry has no name",
    environment: entry({ userName: "machine" }),
    reported: [["cluster.access.machines.userName", '"machine"', "EKS names nodes of type EC2_LINUX itself.", remedy]],
  },
  {
    rule: "a node's entry has no policy, but for those of Auto Mode",
    environment: entry({ policies: [{ policy: "view" }] }),
    reported: [
      [
        "cluster.access.machines.policies",
        '[{ policy: "view", scope: { kind: "cluster" } }]',
        "EKS takes access policies for entries of type STANDARD and EC2 alone, and this is EC2_LINUX.",
        remedy,
      ],
    ],
  },
  {
    rule: "a node signs in with a role",
    environment: entry({ principalArn: "arn:aws:iam::123456789012:user/machine" }),
    reported: [
      [
        "cluster.access.machines.principalArn",
        '"arn:aws:iam::123456789012:user/machine"',
        "A node signs in with a role.",
        "Write the ARN of the role that its machines have.",
      ],
    ],
  },
  {
    rule: "a policy with a short word is called by it",
    environment: cluster({
      access: { ...access, team: { principalArn: machines, policies: [{ policy: "AmazonEKSViewPolicy" }] } },
    }),
    reported: [
      [
        "cluster.access.team.policies[0].policy",
        '"AmazonEKSViewPolicy"',
        "This policy has a short word here, which the rules go by.",
        "Write one of cluster-admin, admin, edit, view, admin-view, secret-reader, auto-node.",
      ],
    ],
  },
  {
    rule: "names of Kubernetes' own are nobody's",
    environment: cluster({
      access: { ...access, team: { principalArn: machines, userName: "system:admin", groups: ["a"] } },
    }),
    reported: [
      [
        "cluster.access.team.userName",
        '"system:admin"',
        "EKS keeps names that begin with system:, eks:, aws:, amazon: and iam: to itself, and takes 127 characters.",
        'Write a value such as "deployer:{{SessionName}}".',
      ],
    ],
  },
  {
    rule: "hybrid nodes are in private networks",
    environment: cluster({ hybridNodes: { nodeNetworks: ["203.0.113.0/24"] } }),
    reported: [
      [
        "cluster.hybridNodes.nodeNetworks[0]",
        '"203.0.113.0/24"',
        "EKS takes networks of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10 alone.",
        "Write the private networks that the machines have.",
      ],
    ],
  },
  {
    rule: "networks of hybrid nodes lie apart from Services and from each other",
    environment: cluster({ hybridNodes: { nodeNetworks: ["172.20.4.0/24"], podNetworks: ["172.20.4.128/25"] } }),
    reported: [
      [
        "cluster.hybridNodes.nodeNetworks[0]",
        '"172.20.4.0/24"',
        "It overlaps with cluster.serviceCidr, which is 172.20.0.0/16, and an address would be in both.",
        "Write networks that lie apart.",
      ],
      [
        "cluster.hybridNodes.podNetworks[0]",
        '"172.20.4.128/25"',
        "It overlaps with cluster.serviceCidr, which is 172.20.0.0/16, and an address would be in both.",
        "Write networks that lie apart.",
      ],
    ],
  },
  {
    rule: "a cluster has one capability of each kind",
    environment: cluster({ capabilities: { one: { kind: "kro" }, two: { kind: "kro" } } }),
    reported: [
      [
        "cluster.capabilities",
        '{ one: { kind: "kro" }, two: { kind: "kro" } }',
        "A cluster has one capability of each kind.",
        "Keep one of them.",
      ],
    ],
  },
  {
    rule: "an identity provider's issuer speaks HTTPS",
    environment: cluster({ identityProvider: { name: "okta", issuerUrl: "http://example.com", clientId: "0oa1" } }),
    reported: [
      [
        "cluster.identityProvider.issuerUrl",
        '"http://example.com"',
        "An issuer is an https:// address without a query.",
        'Write a value such as "https://example.okta.com/oauth2/default".',
      ],
    ],
  },
  {
    rule: "the control plane's role is of the environment's account",
    environment: cluster({
      roles: { controlPlane: { kind: "existing", roleArn: "arn:aws:iam::210987654321:role/cluster" } },
    }),
    reported: [
      [
        "cluster.roles.controlPlane.roleArn",
        '"arn:aws:iam::210987654321:role/cluster"',
        "EKS takes roles of the cluster's own account.",
        "Name one of the account 123456789012.",
      ],
    ],
  },
  {
    rule: "kube2iam goes with the nodes' own role",
    environment: cluster(
      { roles: { nodes: { kind: "existing", roleArn: "arn:aws:iam::123456789012:role/nodes" } } },
      { identity: { kube2iamRoles: { reader: {} } } },
    ),
    reported: [
      [
        "cluster.roles.nodes",
        '{ kind: "existing", roleArn: "arn:aws:iam::123456789012:role/nodes" }',
        "kube2iam takes on roles with the nodes' role, and one made elsewhere is given no such policy here.",
        'Leave the nodes their own role, or write `aws: { kind: "role", ... }` in the workloads instead of kind "kube2iam".',
      ],
    ],
  },
  {
    rule: "a service account has one association",
    environment: environment({ identity: { associations: { one: association, two: association } } }),
    reported: [
      [
        "identity.associations.two",
        '"shop/shop"',
        "identity.associations.one gives this service account its role already, and EKS takes one.",
        "Take one of the two out.",
      ],
    ],
  },
  {
    rule: "an association has the agent",
    environment: cluster(
      { addons: { "eks-pod-identity-agent": "off", "aws-ebs-csi-driver": "off" } },
      { controllers: {}, identity: { workloads: "irsa", associations: { one: association } } },
    ),
    reported: [
      [
        "identity.associations.one",
        '{ namespace: "shop", serviceAccount: "shop", role: { kind: "own", statements: [], policyArns: [] }, sessionTags: "on" }',
        "The agent of Pod Identity, which hands its role out, is off.",
        'Take `"eks-pod-identity-agent": "off"` out of cluster.addons.',
      ],
    ],
  },
  {
    rule: "the role of an association has a name that IAM takes",
    environment: environment({ identity: { associations: { [`a${"b".repeat(60)}`]: association } } }),
    reported: [
      [
        `identity.associations.a${"b".repeat(60)}`,
        `"a${"b".repeat(60)}"`,
        `Its role would be called dev-association-a${"b".repeat(60)}, which is 77 characters; IAM allows 64.`,
        "Give the association a shorter name.",
      ],
    ],
  },
  {
    rule: "Auto Mode has a node pool, built in or of its own",
    environment: cluster({ autoMode: { kind: "on", nodePools: [] } }),
    reported: [
      [
        "cluster.autoMode.nodePools",
        "[]",
        "Auto Mode without a node pool makes no nodes.",
        'Write `nodePools: ["general-purpose", "system"]`, or add `ownNodePools`.',
      ],
    ],
  },
  {
    rule: "a node of Auto Mode does not live for ever",
    environment: cluster({ autoMode: { kind: "on", ownNodePools: { general: { expireAfter: "Never" } } } }),
    reported: [
      [
        "cluster.autoMode.ownNodePools.general.expireAfter",
        '"Never"',
        "Auto Mode replaces every node after 21 days.",
        'Write a value such as "336h".',
      ],
    ],
  },
  {
    rule: "a capacity block is named",
    environment: cluster({ nodeGroups: { general: { capacity: "CAPACITY_BLOCK" } } }),
    reported: [
      [
        "cluster.nodeGroups.general.capacity",
        '"CAPACITY_BLOCK"',
        "A capacity block is bought before, and the machines are started in the one that is named.",
        'Add `machine: { capacityReservation: { kind: "reservation", id: "cr-..." } }`.',
      ],
    ],
  },
  {
    rule: "spot instances are in no reservation",
    environment: cluster({
      nodeGroups: {
        general: {
          capacity: "SPOT",
          machine: { capacityReservation: { kind: "reservation", id: "cr-0123456789abcdef0" } },
        },
      },
    }),
    reported: [
      [
        "cluster.nodeGroups.general.machine.capacityReservation",
        '{ kind: "reservation", id: "cr-0123456789abcdef0" }',
        "Spot instances run in no reservation, so no node would start.",
        'Write `capacity: "ON_DEMAND"`, or take the reservation out.',
      ],
    ],
  },
];
