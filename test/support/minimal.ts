import type { EnvironmentInput } from "../../platform/environment";

/** The smallest environment that has nodes and a door; tests change one thing of it. */
export function minimal(name = "minimal"): EnvironmentInput {
  return {
    name,
    aws: { region: "us-west-2", accountId: "123456789012" },
    cluster: {
      endpoint: { kind: "private", clients: [{ kind: "network", cidr: "10.100.0.0/16" }] },
      nodeGroups: { general: {} },
      access: {
        operators: {
          principalArn: "arn:aws:iam::123456789012:role/operators",
          policies: [{ policy: "cluster-admin" }],
        },
      },
    },
    controllers: { awsLoadBalancerController: {} },
  };
}
