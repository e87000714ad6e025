import { environment, type WrongEnvironment } from "../fixtures";

export const wrongEnvironmentValues: readonly WrongEnvironment[] = [
  {
    rule: "pods switch from another way to their credentials than the one they have",
    environment: environment({ identity: { workloads: "irsa", switchingFrom: "irsa" } }),
    reported: [
      [
        "identity.switchingFrom",
        '"irsa"',
        "It is what `workloads` is now, so nothing is being switched.",
        "Take the line out, or write what `workloads` was before.",
      ],
    ],
  },
  {
    rule: "the message on a file without a default export says how it ends",
    environment: undefined,
    reported: [
      [
        "the whole file",
        "nothing",
        "The default export of a file in this folder is an environment.",
        "End the file with `export default defineEnvironment({ ... })`.",
      ],
    ],
  },
  {
    rule: "the message on a file that exports something else says how it ends",
    environment: "dev",
    reported: [
      [
        "the whole file",
        '"dev"',
        "The default export of a file in this folder is an environment.",
        "End the file with `export default defineEnvironment({ ... })`.",
      ],
    ],
  },
  {
    rule: "what has no default is asked for by example",
    environment: { name: "dev" },
    reported: [
      [
        "aws",
        "nothing",
        "It has no default, so it must be there.",
        'Add `aws: { region: "us-west-2", accountId: "123456789012" }` to the environment.',
      ],
    ],
  },
  {
    rule: "an account id without quotes is given them",
    environment: environment({ aws: { region: "us-west-2", accountId: 123456789012 } }),
    reported: [
      ["aws.accountId", "123456789012", "Text is expected here, not a number.", 'Write it in quotes: "123456789012".'],
    ],
  },
  {
    rule: "an account id has twelve digits",
    environment: environment({ aws: { region: "us-west-2", accountId: "12345" } }),
    reported: [
      ["aws.accountId", '"12345"', "An AWS account id is twelve digits.", 'Write a value such as "123456789012".'],
    ],
  },
  {
    rule: "a region looks like one",
    environment: environment({ aws: { region: "Oregon", accountId: "123456789012" } }),
    reported: [
      [
        "aws.region",
        '"Oregon"',
        "No partition of AWS has a region of this name.",
        'Write a value such as "us-west-2".',
      ],
    ],
  },
  {
    rule: "a name that is too long for AWS is refused",
    environment: environment({ name: "a-name-of-more-than-twenty-letters" }),
    reported: [
      [
        "name",
        '"a-name-of-more-than-twenty-letters"',
        "A name has lower-case letters, digits and hyphens, at most 20.",
        'Write a value such as "dev".',
      ],
    ],
  },
  {
    rule: "a tag under aws: is refused",
    environment: environment({ aws: { region: "us-west-2", accountId: "123456789012", tags: { "aws:team": "x" } } }),
    reported: [
      [
        'aws.tags["aws:team"]',
        '"aws:team"',
        "A tag's key has letters, digits, spaces and + - = . _ : / @, at most 128, and does not begin with aws:.",
        'Rename it to something like "CostCenter".',
      ],
    ],
  },
  {
    rule: "a misspelt kind names the one that was meant",
    environment: environment({ network: { kind: "creat" } }),
    reported: [
      [
        "network.kind",
        '"creat"',
        '`network` has no such kind; there is "create" or "existing".',
        'Did you mean "create"?',
      ],
    ],
  },
  {
    rule: "a network is written with its first address",
    environment: environment({ network: { kind: "create", cidr: "10.0.1.0/16" } }),
    reported: [
      [
        "network.cidr",
        '"10.0.1.0/16"',
        "An IPv4 network is written with its first address, here 10.0.0.0/16.",
        'Write "10.0.0.0/16".',
      ],
    ],
  },
  {
    rule: "a VPC that is too small for its subnets is refused",
    environment: environment({ network: { kind: "create", cidr: "10.0.0.0/24" } }),
    reported: [
      ["network.cidr", '"10.0.0.0/24"', "A VPC is from /16 to /20, so that its subnets fit.", 'Write "10.0.0.0/20".'],
    ],
  },
  {
    rule: "a cluster spans two zones or more",
    environment: environment({ network: { kind: "create", zones: ["a"] } }),
    reported: [
      ["network.zones", '["a"]', "EKS needs subnets in two zones or more.", 'Write a value such as ["a", "b", "c"].'],
    ],
  },
  {
    rule: "a zone stands in the list once",
    environment: environment({ network: { kind: "create", zones: ["a", "a"] } }),
    reported: [
      ["network.zones", '["a", "a"]', "A zone stands in the list once.", 'Write a value such as ["a", "b", "c"].'],
    ],
  },
  {
    rule: "a zone is a letter",
    environment: environment({ network: { kind: "create", zones: ["a", "g"] } }),
    reported: [["network.zones[1]", '"g"', 'It is one of "a", "b", "c", "d", "e" or "f".', "Write one of them."]],
  },
  {
    rule: "an unknown interface endpoint lists those there are",
    environment: environment({ network: { kind: "create", interfaceEndpoints: ["dynamodb"] } }),
    reported: [
      [
        "network.interfaceEndpoints[0]",
        '"dynamodb"',
        'It is one of "autoscaling", "ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "elasticloadbalancing", "execute-api", "kms", "logs", "secretsmanager", "ssm", "ssmmessages" or "sts".',
        "Write one of them.",
      ],
    ],
  },
  {
    rule: "a misspelt set of interface endpoints names the one that was meant",
    environment: environment({ network: { kind: "create", interfaceEndpoints: "privatecluster" } }),
    reported: [
      [
        "network.interfaceEndpoints",
        '"privatecluster"',
        'It is one of "none" or "private-cluster".',
        'Did you mean "private-cluster"?',
      ],
    ],
  },
  {
    rule: "an existing network without ids asks for each",
    environment: environment({ network: { kind: "existing", cidr: "10.0.0.0/16", privateSubnetIds: ["subnet-0a1"] } }),
    reported: [
      [
        "network.vpcId",
        "nothing",
        "It has no default, so it must be there.",
        'Add `vpcId: "vpc-0123456789abcdef0"` to `network`.',
      ],
      [
        "network.publicSubnetIds",
        "nothing",
        "It has no default, so it must be there.",
        'Add `publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]` to `network`.',
      ],
      [
        "network.privateSubnetIds",
        '["subnet-0a1"]',
        "EKS needs private subnets in two zones or more.",
        'Write a value such as ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"].',
      ],
    ],
  },
  {
    rule: "a controller runs twice at least",
    environment: environment({ controllers: { awsLoadBalancerController: { replicas: 1 } } }),
    reported: [
      ["controllers.awsLoadBalancerController.replicas", "1", "The least it can be is 2.", "Write 2 or more."],
    ],
  },
  {
    rule: "a controller is switched on by an object",
    environment: environment({ controllers: { awsLoadBalancerController: true } }),
    reported: [
      [
        "controllers.awsLoadBalancerController",
        "true",
        "An object is expected here, not true or false.",
        "Write a value such as {}.",
      ],
    ],
  },
  {
    rule: "a state in a bucket names it",
    environment: environment({ state: "s3" }),
    reported: [
      [
        "state",
        '"s3"',
        "An object is expected here, not text.",
        'Write { kind: "s3", bucket: "example-terraform-state" }.',
      ],
    ],
  },
  {
    rule: "a folder of states is relative",
    environment: environment({ state: { kind: "local", directory: "/var/state" } }),
    reported: [
      [
        "state.directory",
        '"/var/state"',
        "The folder is relative to the stack's own, never absolute.",
        'Write a value such as "../../../state".',
      ],
    ],
  },
  {
    rule: "a repository name is one that ECR takes",
    environment: environment({ registry: { repositories: { Shop: {} } } }),
    reported: [
      [
        "registry.repositories.Shop",
        '"Shop"',
        "A repository name has lower-case letters and digits, with single . _ / - between them.",
        'Rename it to something like "shop".',
      ],
    ],
  },
];
