import { add, type Editable, remove, set, values } from "../../support/change-stacks";
import { type PreparedChange, rename, statements } from "./changes";

/** A change that somebody else made to a published EKS project, made again here. */
export interface PublishedChange extends PreparedChange {
  readonly repository: string;
  readonly commit: string;
  /** What both sides have that ours do not. */
  readonly given?: (stacks: Editable) => void;
}

const blueprints = "aws-ia/terraform-aws-eks-blueprints";
const eks = "terraform-aws-modules/terraform-aws-eks";
const cluster = "aws_eks_cluster.cluster";
const nodes = "aws_eks_node_group.cluster_nodes_general";
const template = "aws_launch_template.cluster_nodes_general_launch_template";
const role = "aws_iam_role.cluster_role";
const dnsPolicy = "aws_iam_policy.externalDns_policy";
const attachment = "aws_iam_role_policy_attachment";
const balancerAnnotation = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;

const withStatement = (
  stacks: Editable,
  statement: { Effect: string; Action: string | string[]; Resource?: string | string[]; Condition?: object },
) => statements(stacks, dnsPolicy, (all) => [...all, statement]);

const trust = (more: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        ...more,
      },
    ],
  });

const passing = (services: readonly string[]) => ({
  Effect: "Allow",
  Action: "iam:PassRole",
  Resource: "arn:aws:iam::123456789012:role/nodes",
  Condition: { StringEquals: { "iam:PassedToService": services } },
});

export const publishedChanges: readonly PublishedChange[] = [
  {
    name: "an NLB in front of a proxy gets another attribute",
    repository: blueprints,
    commit: "06fd114a107de04c946312a33545930dde11e340",
    environment: "prod",
    make: (s) =>
      values(s, "controllers", "emissary", ({ service }) => {
        const { annotations } = service as { annotations: Record<string, string> };
        annotations[balancerAnnotation("attributes")] = "load_balancing.cross_zone.enabled=true";
      }),
    changes: ["change helm_release.emissary"],
    concerns: [],
  },
  {
    name: "a tag for discovery is on one thing instead of all",
    repository: blueprints,
    commit: "1975b53c9ebe5f8dcde979ccdae3d87dcb5e43cd",
    environment: "dev",
    given: (s) => set(s, "cluster", cluster, ["tags"], { "karpenter.sh/discovery": "dev" }),
    make: (s) => set(s, "cluster", cluster, ["tags"], undefined),
    changes: [`change ${cluster}`],
    concerns: [],
  },
  {
    name: "a node group wants three machines instead of two",
    repository: blueprints,
    commit: "c33c0085621f9df8b439ee72d89dfe257466ad2a",
    environment: "dev",
    make: (s) => set(s, "cluster", nodes, ["scaling_config", "desired_size"], 3),
    changes: [`change ${nodes}`],
    concerns: [],
  },
  {
    name: "a cluster goes to a newer version of Kubernetes",
    repository: blueprints,
    commit: "0be5cd79ef445ce0f832a46478ba573d27e7a8b8",
    environment: "dev",
    make: (s) => set(s, "cluster", cluster, ["version"], "1.36"),
    changes: [`change ${cluster}`],
    concerns: [],
  },
  {
    name: "a driver may tag what it makes",
    repository: blueprints,
    commit: "76df8c18d65e3880ad1324a2591c3056f49a0327",
    environment: "dev",
    make: (s) =>
      withStatement(s, {
        Effect: "Allow",
        Action: "elasticfilesystem:TagResource",
        Resource: "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/*",
        Condition: { StringLike: { "aws:RequestTag/efs.csi.aws.com/cluster": "true" } },
      }),
    changes: [`change ${dnsPolicy}`],
    concerns: ["permission-gained"],
  },
  {
    name: "ExternalDNS may list the records of every zone",
    repository: blueprints,
    commit: "09ed9f489d254b816394222713c39238af3429ac",
    environment: "dev",
    make: (s) =>
      statements(s, dnsPolicy, ([records, zones]) =>
        records === undefined || zones === undefined
          ? []
          : [
              { ...records, Action: ["route53:ChangeResourceRecordSets"] },
              { ...zones, Action: ["route53:ListHostedZones", "route53:ListResourceRecordSets"] },
            ],
      ),
    changes: [`change ${dnsPolicy}`],
    concerns: [],
  },
  {
    name: "a launch template keeps its default version",
    repository: blueprints,
    commit: "df164e9a4bf6a62d68266cb3f972df23b41d85c3",
    environment: "dev",
    given: (s) => set(s, "cluster", template, ["update_default_version"], true),
    make: (s) => set(s, "cluster", template, ["update_default_version"], false),
    changes: [`change ${template}`],
    concerns: [],
  },
  {
    name: "the default security group is managed no more",
    repository: blueprints,
    commit: "01574aabe4fb409fc824fcf8e680fa6368d0c27a",
    environment: "dev",
    make: (s) => remove(s, "cluster", "aws_default_security_group.network_default"),
    changes: ["remove aws_default_security_group.network_default"],
    concerns: ["group-opened"],
  },
  {
    name: "nodes may pull from the public registry",
    repository: eks,
    commit: "c07c26c18598182785ec36df2b30d05fa7a016b4",
    environment: "dev",
    make: (s) =>
      add(s, "cluster", `${attachment}.public`, {
        role: "${aws_iam_role.cluster_node_role.name}",
        policy_arn: "arn:aws:iam::aws:policy/AmazonElasticContainerRegistryPublicReadOnly",
      }),
    changes: [`add ${attachment}.public`],
    concerns: ["permission-gained"],
  },
  {
    name: "nodes may pull from the public registry no more",
    repository: eks,
    commit: "f13e8db8e5eb38a957c29299d85bdcff2464ff23",
    environment: "dev",
    given: (s) =>
      add(s, "cluster", `${attachment}.public`, {
        role: "${aws_iam_role.cluster_node_role.name}",
        policy_arn: "arn:aws:iam::aws:policy/AmazonElasticContainerRegistryPublicReadOnly",
      }),
    make: (s) => remove(s, "cluster", `${attachment}.public`),
    changes: [`remove ${attachment}.public`],
    concerns: [],
  },
  {
    name: "a node group is updated with as few machines as it can be",
    repository: eks,
    commit: "617dba6267162edcd0bf007e1c5fd23e4b43584f",
    environment: "dev",
    make: (s) => set(s, "cluster", nodes, ["update_config", "update_strategy"], "MINIMAL"),
    changes: [`change ${nodes}`],
    concerns: [],
  },
  {
    name: "EKS repairs nodes by rules",
    repository: eks,
    commit: "c0ed29b922d22c5950161ddde9c458b1f60708da",
    environment: "dev",
    make: (s) =>
      set(s, "cluster", nodes, ["node_repair_config"], { enabled: true, max_parallel_nodes_repaired_count: 1 }),
    changes: [`change ${nodes}`],
    concerns: [],
  },
  {
    name: "a key is rotated more often",
    repository: eks,
    commit: "fd490ea897117f3c9346c600cceece6b3fead7e7",
    environment: "dev",
    make: (s) => set(s, "cluster", "aws_kms_key.cluster_key", ["rotation_period_in_days"], 90),
    changes: ["change aws_kms_key.cluster_key"],
    concerns: [],
  },
  {
    name: "a cluster is protected from deletion",
    repository: eks,
    commit: "83c9cd187a36c10f46472e82a197212e897f7f0d",
    environment: "dev",
    make: (s) => set(s, "cluster", cluster, ["deletion_protection"], true),
    changes: [`change ${cluster}`],
    concerns: [],
  },
  {
    name: "a trust policy asks for the source's ARN too",
    repository: eks,
    commit: "a070d7b2bd92866b91e0963a0f819eec9839ed03",
    environment: "dev",
    make: (s) =>
      set(
        s,
        "cluster",
        role,
        ["assume_role_policy"],
        trust({
          Condition: { ArnLike: { "aws:SourceArn": "arn:aws:eks:eu-west-1:123456789012:fargateprofile/dev/*" } },
        }),
      ),
    changes: [`change ${role}`],
    concerns: [],
  },
  {
    name: "a policy denies what comes without TLS",
    repository: eks,
    commit: "f6e071cd99faa56b988b63051b22df260e929b03",
    environment: "dev",
    make: (s) =>
      withStatement(s, {
        Effect: "Deny",
        Action: "route53:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    changes: [`change ${dnsPolicy}`],
    concerns: [],
  },
  {
    name: "a cluster may go into extended support",
    repository: eks,
    commit: "e12ab7a5de4ac82968aaede419752ce2bbb6a93d",
    environment: "dev",
    make: (s) => set(s, "cluster", cluster, ["upgrade_policy", "support_type"], "EXTENDED"),
    changes: [`change ${cluster}`],
    concerns: [],
  },
  {
    name: "attachments of policies get other keys",
    repository: eks,
    commit: "57f5130132ca11fd3e478a61a8fc082a929540c2",
    environment: "dev",
    make: (s) =>
      rename(s, "identity", `${attachment}.externalDns_policy-attachment`, `${attachment}.externalDns_static`),
    changes: [`add ${attachment}.externalDns_static`],
    concerns: ["rename-without-moved"],
  },
  {
    name: "nodes stay at a release of their image",
    repository: eks,
    commit: "393da7ec0ed158cf783356ab10959d91430c1d80",
    environment: "dev",
    make: (s) => set(s, "cluster", nodes, ["release_version"], "1.52.0-abcdef01"),
    changes: [`change ${nodes}`],
    concerns: [],
  },
  {
    name: "a log group has tags of its own",
    repository: eks,
    commit: "4c5c97b5d404a4e46945e3b6228d469743669937",
    environment: "dev",
    make: (s) => set(s, "cluster", "aws_cloudwatch_log_group.cluster_logs", ["tags"], { Team: "platform" }),
    changes: ["change aws_cloudwatch_log_group.cluster_logs"],
    concerns: [],
  },
  {
    name: "an access entry has another policy",
    repository: eks,
    commit: "417791374cf72dfb673105359463398eb4a75d6e",
    environment: "dev",
    make: (s) =>
      add(s, "cluster", "aws_eks_access_policy_association.cluster_access_developers_view", {
        cluster_name: "${aws_eks_cluster.cluster.name}",
        principal_arn: "${aws_eks_access_entry.cluster_access_developers.principal_arn}",
        policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
        access_scope: { type: "cluster" },
      }),
    changes: ["add aws_eks_access_policy_association.cluster_access_developers_view"],
    concerns: ["cluster-access-gained", "permission-gained"],
  },
  {
    name: "a role may be passed to the service under another name too",
    repository: eks,
    commit: "83b68fda2b0ea818fc980ab847dd8255a2d18334",
    environment: "dev",
    given: (s) => withStatement(s, passing(["ec2.amazonaws.com"])),
    make: (s) =>
      statements(s, dnsPolicy, (all) => [...all.slice(0, -1), passing(["ec2.amazonaws.com", "ec2.amazonaws.com.cn"])]),
    changes: [`change ${dnsPolicy}`],
    concerns: ["escalation", "permission-gained"],
  },
  {
    name: "machines may be started in reserved capacity",
    repository: eks,
    commit: "770ee99d9c4b61c509d9988eac62de4db113af91",
    environment: "dev",
    given: (s) =>
      withStatement(s, { Effect: "Allow", Action: "ec2:CreateFleet", Resource: ["arn:aws:ec2:eu-west-1:*:subnet/*"] }),
    make: (s) =>
      statements(s, dnsPolicy, (all) =>
        all.map((one, index) =>
          index === all.length - 1
            ? { ...one, Resource: [one.Resource ?? [], "arn:aws:ec2:eu-west-1:*:capacity-reservation/*"].flat() }
            : one,
        ),
      ),
    changes: [`change ${dnsPolicy}`],
    concerns: ["permission-gained"],
  },
];
