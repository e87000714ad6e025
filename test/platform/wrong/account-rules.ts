import { cluster, environment, type WrongEnvironment, workload } from "../fixtures";

export const wrongAccountRules: readonly WrongEnvironment[] = [
  {
    rule: "the file's name is the environment's",
    environment: environment({ name: "prod" }),
    reported: [
      [
        "name",
        '"prod"',
        "The file is called dev.ts, and ENVIRONMENTS and the folders of the stacks go by one name.",
        'Write `name: "dev"`, or rename the file to prod.ts.',
      ],
    ],
  },
  {
    rule: "a permissions boundary is of the account",
    environment: environment({
      aws: {
        region: "us-west-2",
        accountId: "123456789012",
        iam: { permissionsBoundary: "arn:aws:iam::210987654321:policy/boundary" },
      },
    }),
    reported: [
      [
        "aws.iam.permissionsBoundary",
        '"arn:aws:iam::210987654321:policy/boundary"',
        "A boundary is a policy of the role's own account or of AWS.",
        "Name one of the account 123456789012.",
      ],
    ],
  },
  {
    rule: "the key of log groups is of their region",
    environment: environment({
      aws: {
        region: "us-west-2",
        accountId: "123456789012",
        logs: { kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-4333-8444-555555555555" },
      },
    }),
    reported: [
      [
        "aws.logs.kmsKeyArn",
        '"arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-4333-8444-555555555555"',
        "The key is in eu-west-1, and what it encrypts in us-west-2; KMS keys serve their own region.",
        'Write the ARN of a key in us-west-2, such as "arn:aws:kms:us-west-2:123456789012:key/...".',
      ],
    ],
  },
  {
    rule: "a path of IAM has a slash at both ends",
    environment: environment({ aws: { region: "us-west-2", accountId: "123456789012", iam: { path: "platform" } } }),
    reported: [
      [
        "aws.iam.path",
        '"platform"',
        "A path begins and ends with /, such as /platform/.",
        'Write a value such as "/platform/".',
      ],
    ],
  },
  {
    rule: "the partition is the region's",
    environment: environment({ aws: { region: "cn-north-1", accountId: "123456789012", partition: "aws" } }),
    reported: [
      [
        "aws.partition",
        '"aws"',
        "The region cn-north-1 belongs to the partition aws-cn, and every ARN would name another.",
        "Take the line out: the partition follows from the region.",
      ],
    ],
  },
  {
    rule: "an ARN is of the environment's partition",
    environment: cluster(
      { access: {} },
      {
        controllers: {},
        aws: { region: "us-gov-west-1", accountId: "123456789012" },
        registry: { repositories: { shop: { pull: ["arn:aws:iam::210987654321:root"] } } },
      },
    ),
    reported: [
      [
        "registry.repositories.shop.pull[0]",
        '"arn:aws:iam::210987654321:root"',
        "It is of the partition aws, and us-gov-west-1 of the partition aws-us-gov; partitions share nothing.",
        "Write the ARN of its counterpart there, which begins with arn:aws-us-gov:.",
      ],
    ],
  },
  {
    rule: "the role to assume is of the environment's account",
    environment: environment({
      aws: {
        region: "us-west-2",
        accountId: "123456789012",
        assumeRole: { roleArn: "arn:aws:iam::210987654321:role/terraform" },
      },
      controllers: {},
    }),
    reported: [
      [
        "aws.assumeRole.roleArn",
        '"arn:aws:iam::210987654321:role/terraform"',
        "Whoever assumes it works in its account, and Terraform refuses every account but 123456789012.",
        "Name one of the account 123456789012.",
      ],
    ],
  },
  {
    rule: "a key of KMS is in the region of what it encrypts",
    environment: cluster({
      encryption: {
        kind: "existing-key",
        keyArn: "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-4333-8444-555555555555",
      },
    }),
    reported: [
      [
        "cluster.encryption.keyArn",
        '"arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-4333-8444-555555555555"',
        "The key is in eu-west-1, and what it encrypts in us-west-2; KMS keys serve their own region.",
        'Write the ARN of a key in us-west-2, such as "arn:aws:kms:us-west-2:123456789012:key/...".',
      ],
    ],
  },
  {
    rule: "a key is a key of KMS",
    environment: cluster({ nodeGroups: { general: { disk: { kmsKeyArn: "arn:aws:iam::123456789012:role/ebs" } } } }),
    reported: [
      [
        "cluster.nodeGroups.general.disk.kmsKeyArn",
        '"arn:aws:iam::123456789012:role/ebs"',
        "It is an ARN of iam, and a KMS key is needed.",
        'Write the ARN of a key in us-west-2, such as "arn:aws:kms:us-west-2:123456789012:key/...".',
      ],
    ],
  },
  {
    rule: "a policy to attach is of the role's account",
    environment: workload({ aws: { kind: "role", policyArns: ["arn:aws:iam::210987654321:policy/orders"] } }),
    reported: [
      [
        "workloads.shop.aws.policyArns[0]",
        '"arn:aws:iam::210987654321:policy/orders"',
        "IAM attaches policies of the role's own account and of AWS, no others.",
        "Name one of the account 123456789012.",
      ],
    ],
  },
  {
    rule: "a certificate is of the load balancer's account",
    environment: workload({
      routes: [{ kind: "alb", certificateArn: "arn:aws:acm:us-west-2:210987654321:certificate/1" }],
    }),
    reported: [
      [
        "workloads.shop.routes[0].certificateArn",
        '"arn:aws:acm:us-west-2:210987654321:certificate/1"',
        "It belongs to the account 210987654321, and a load balancer takes certificates of its own account alone.",
        "Name one of the account 123456789012.",
      ],
    ],
  },
  {
    rule: "a certificate is of the load balancer's region",
    environment: workload({
      routes: [{ kind: "alb", certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1" }],
    }),
    reported: [
      [
        "workloads.shop.routes[0].certificateArn",
        '"arn:aws:acm:us-east-1:123456789012:certificate/1"',
        "It belongs to us-east-1, and the load balancer stands in us-west-2; a load balancer takes nothing from another region.",
        "Name one of us-west-2.",
      ],
    ],
  },
  {
    rule: "a certificate is a certificate",
    environment: workload({ routes: [{ kind: "nlb", certificateArn: "arn:aws:kms:us-west-2:123456789012:key/1" }] }),
    reported: [
      [
        "workloads.shop.routes[0].certificateArn",
        '"arn:aws:kms:us-west-2:123456789012:key/1"',
        "It is no certificate: those are of ACM, or uploaded to IAM.",
        'Write an ARN such as "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555".',
      ],
    ],
  },
  {
    rule: "a web ACL is regional",
    environment: workload({
      routes: [{ kind: "alb", webAclArn: "arn:aws:wafv2:us-west-2:123456789012:global/webacl/shop/1" }],
    }),
    reported: [
      [
        "workloads.shop.routes[0].webAclArn",
        '"arn:aws:wafv2:us-west-2:123456789012:global/webacl/shop/1"',
        "An ALB takes a regional web ACL of WAFv2, not one for CloudFront and nothing of WAF Classic.",
        "Name an ARN such as arn:aws:wafv2:us-west-2:123456789012:regional/webacl/<name>/<id>.",
      ],
    ],
  },
  {
    rule: "a bucket's name does not look like an IP address",
    environment: environment({ state: { kind: "s3", bucket: "192.168.0.1" } }),
    reported: [
      [
        "state.bucket",
        '"192.168.0.1"',
        "A bucket's name does not look like an IP address.",
        'Write the name of the bucket that holds your states, such as "example-terraform-state".',
      ],
    ],
  },
  {
    rule: "S3 keeps some names of buckets to itself",
    environment: environment({ state: { kind: "s3", bucket: "xn--states" } }),
    reported: [
      [
        "state.bucket",
        '"xn--states"',
        "S3 keeps names with xn-- to itself.",
        'Write the name of the bucket that holds your states, such as "example-terraform-state".',
      ],
    ],
  },
  {
    rule: "a state's key is relative",
    environment: environment({ state: { kind: "s3", bucket: "example-terraform-state", keyPrefix: "/platform/" } }),
    reported: [
      [
        "state.keyPrefix",
        '"/platform/"',
        "The S3 backend refuses a key that begins with /.",
        'Write `keyPrefix: "platform/"`.',
      ],
    ],
  },
  {
    rule: "a key that opens a Terraform template is refused",
    environment: cluster({ addons: { coredns: { configuration: { "${region}": 1 } } } }),
    reported: [
      [
        `cluster.addons.coredns.configuration["\${region}"]`,
        `"\${region}"`,
        "`${` and `%{` open templates of Terraform, and a key is not escaped as values are.",
        "Write a key without them.",
      ],
    ],
  },
  {
    rule: "a resource of a workload's policy is of the environment's partition",
    environment: workload({
      aws: { kind: "role", statements: [{ actions: ["s3:GetObject"], resources: ["*", "arn:aws-cn:s3:::shop/*"] }] },
    }),
    reported: [
      [
        "workloads.shop.aws.statements[0].resources[1]",
        '"arn:aws-cn:s3:::shop/*"',
        "It is of the partition aws-cn, and us-west-2 of the partition aws; partitions share nothing.",
        "Write the ARN of its counterpart there, which begins with arn:aws:.",
      ],
    ],
  },
  {
    rule: "the role to assume is let into the cluster",
    environment: environment({
      aws: {
        region: "us-west-2",
        accountId: "123456789012",
        assumeRole: { roleArn: "arn:aws:iam::123456789012:role/terraform" },
      },
    }),
    reported: [
      [
        "aws.assumeRole.roleArn",
        '"arn:aws:iam::123456789012:role/terraform"',
        "Terraform signs in to Kubernetes as this role too, and no access entry makes it cluster-admin: the controllers and apps stacks would be refused.",
        'Add `terraform: { principalArn: "arn:aws:iam::123456789012:role/terraform", policies: [{ policy: "cluster-admin" }] }` to cluster.access.',
      ],
    ],
  },
];
