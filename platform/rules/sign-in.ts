import { formatField, formatPath, type Problem } from "../../modules/schema/problem";
import type { Environment } from "../environment";
import { hasPods } from "./cluster";

const isClusterAdmin = (entry: Environment["cluster"]["access"][string]): boolean =>
  entry.policies.some(({ policy, scope }) => policy === "cluster-admin" && scope.kind === "cluster");

/**
 * The role that Terraform assumes is also the one that signs in to Kubernetes, and EKS admits no creator by itself.
 * Source: EKS user guide, "Grant IAM users access to Kubernetes with EKS access entries".
 */
export function assumedRoleSignsIn(environment: Environment): readonly Problem[] {
  const { aws, cluster } = environment;
  const roleArn = aws.assumeRole?.roleArn;
  if (roleArn === undefined || !hasPods(environment)) return [];
  const admitted = Object.values(cluster.access).some(
    (entry) => entry.principalArn === roleArn && isClusterAdmin(entry),
  );
  if (admitted) return [];
  const entry = `\`terraform: { ${formatField("principalArn", roleArn)}, policies: [{ policy: "cluster-admin" }] }\``;
  return [
    {
      path: "aws.assumeRole.roleArn",
      value: roleArn,
      rule: "Terraform signs in to Kubernetes as this role too, and no access entry makes it cluster-admin: the controllers and apps stacks would be refused.",
      remedy: `Add ${entry} to cluster.access.`,
    },
  ];
}

/** The cluster's creator gets in only if listed, and that goes for Terraform as for people. */
export function someoneSignsIn(environment: Environment): readonly Problem[] {
  const { access } = environment.cluster;
  if (Object.values(access).some(isClusterAdmin) || !hasPods(environment)) return [];
  const nobody = Object.keys(access).length === 0;
  return [
    {
      path: "cluster.access",
      value: access,
      rule: nobody
        ? "nobody signs in to Kubernetes, and it would refuse Terraform too in the stacks controllers and apps"
        : "no entry has the policy cluster-admin in the whole cluster, so Kubernetes would refuse whoever applies the stacks controllers and apps",
      remedy:
        'add who applies: `operators: { principalArn: "arn:aws:iam::<account>:role/<role>", policies: [{ policy: "cluster-admin" }] }`',
    },
  ];
}

/** An account that stays behind from a copied file would own the cluster. */
export function principalsOfThisAccount({ aws, cluster }: Environment): readonly Problem[] {
  return Object.entries(cluster.access).flatMap(([name, { principalArn, otherAccount }]): readonly Problem[] => {
    const account = principalArn.split(":")[4];
    const path = ["cluster", "access", name];
    if (account !== aws.accountId && otherAccount === undefined) {
      return [
        {
          path: formatPath([...path, "principalArn"]),
          value: principalArn,
          rule: `it is of the account ${account}, and the cluster of ${aws.accountId}: whoever runs that account may sign in`,
          remedy: `name a principal of the account ${aws.accountId}; where the other one is meant, say so: \`otherAccount: { reason: "..." }\``,
        },
      ];
    }
    if (account !== aws.accountId || otherAccount === undefined) return [];
    return [
      {
        path: formatPath([...path, "otherAccount"]),
        value: otherAccount,
        rule: `the principal is of the environment's own account, ${aws.accountId}`,
        remedy: "take the line out",
      },
    ];
  });
}
