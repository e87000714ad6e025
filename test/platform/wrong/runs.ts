import { cluster, type WrongEnvironment } from "../fixtures";

const agent = { kind: "agent", pool: "apool-0123456789abcdef" } as const;
const cloud = { kind: "cloud", organization: "example", runs: agent } as const;

const token = (state: object, rest: object = {}) => cluster({ credentials: "token" }, { state, ...rest });

export const wrongRuns: readonly WrongEnvironment[] = [
  {
    rule: "runs call no AWS CLI that nothing says is there",
    environment: cluster({ credentials: "exec" }, { state: cloud }),
    reported: [
      [
        "cluster.credentials",
        '"exec"',
        "It calls the AWS CLI in each run, and nothing says that the agents have one.",
        'Write `credentials: "token"`, which the AWS provider signs at plan and anew at apply; agents whose image has the AWS CLI say `awsCli: true`.',
      ],
    ],
  },
  {
    rule: "a private endpoint is reached by agents inside",
    environment: token({ ...cloud, runs: { kind: "remote" } }),
    reported: [
      [
        "state.runs",
        '{ kind: "remote" }',
        "Machines of app.terraform.io are in none of your networks, and the API server has a private endpoint alone, so runs of the stacks controllers and apps would wait in vain.",
        'Write `runs: { kind: "agent", pool: "apool-..." }` in `state`, of agents that are among `cluster.endpoint.clients`.',
      ],
    ],
  },
  {
    rule: "a token that is signed anew needs the Terraform that has it",
    environment: token({ ...cloud, terraformVersion: "1.10.5" }),
    reported: [
      [
        "state.terraformVersion",
        '"1.10.5"',
        "The stacks need Terraform 1.11.0 or newer, and runs would end at `required_version`.",
        'Take the line out, or write `terraformVersion: "1.11.4"`.',
      ],
    ],
  },
  {
    rule: "local runs have nothing that starts or reports them",
    environment: token({ ...cloud, runs: { kind: "local" }, autoApply: true }),
    reported: [
      [
        "state.autoApply",
        "true",
        "`state.runs` is local: there are no runs in Terraform Cloud that this could be about.",
        'Take the line out, or write `runs: { kind: "remote" }`.',
      ],
    ],
  },
  {
    rule: "both phases of a run do not go on to one role",
    environment: token(cloud, {
      aws: {
        region: "us-west-2",
        accountId: "123456789012",
        assumeRole: { roleArn: "arn:aws:iam::123456789012:role/operators" },
      },
    }),
    reported: [
      [
        "aws.assumeRole",
        '{ roleArn: "arn:aws:iam::123456789012:role/operators", sessionName: "terraform" }',
        "Runs have a role that plans and one that applies, and both would go on to this one, so that a plan could do whatever an apply may.",
        'Take `assumeRole` out, and name what else the roles need in `state.credentials.applyPolicyArns`; or write `credentials: { kind: "variables", reason: "..." }` in `state` and keep the credentials yourself.',
      ],
    ],
  },
];
