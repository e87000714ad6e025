import { environment, type WrongEnvironment } from "../fixtures";

const reason = "Agreed with the auditors on 2026-11-02.";
const waivers = (byPolicy: object) => environment({ waivers: byPolicy });

export const wrongWaivers: readonly WrongEnvironment[] = [
  {
    rule: "what is waived is a policy",
    environment: waivers({ "log-customer-key": { reason, until: "2027-06-30" } }),
    reported: [
      [
        'waivers["log-customer-key"]',
        `{ resources: ["*"], reason: "${reason}", until: "2027-06-30" }`,
        "No policy has this id, so it would waive nothing.",
        "Did you mean `logs-customer-key`?",
      ],
    ],
  },
  {
    rule: "a waiver ends with its last day",
    environment: waivers({ "logs-customer-key": { reason, until: "2026-11-20" } }),
    reported: [
      [
        'waivers["logs-customer-key"].until',
        '"2026-11-20"',
        `The waiver ended with that day, and with it what it was given for: ${reason}`,
        "Have the environment keep the policy and take the waiver out; or, where the reason still holds, write a later day and have that reviewed.",
      ],
    ],
  },
  {
    rule: "a waiver has a reason, a day and resources of a stack",
    environment: waivers({ "flow-logs": { reason: "later", until: "soon", resources: ["aws_vpc.network"] } }),
    reported: [
      [
        'waivers["flow-logs"].resources[0]',
        '"aws_vpc.network"',
        "A resource is written <stack>: <address>, such as cluster: aws_eks_cluster.cluster.",
        'Write a value such as "cluster: aws_cloudwatch_log_group.*".',
      ],
      [
        'waivers["flow-logs"].reason',
        '"later"',
        "Say why in a sentence of ten characters or more.",
        "Write for the reviewer why it is meant, or make the choice that needs no reason.",
      ],
      ['waivers["flow-logs"].until', '"soon"', "A day is written YYYY-MM-DD.", 'Write a value such as "2027-06-30".'],
    ],
  },
];
