import type { Environment } from "../environment";
import { formatField, type Problem } from "../problem";

const isClusterAdmin = (entry: Environment["cluster"]["access"][string]): boolean =>
  entry.policies.some(({ policy, scope }) => policy === "cluster-admin" && scope.kind === "cluster");

/**
 * The role that Terraform assumes is also the one that signs in to Kubernetes, and EKS admits no creator by itself.
 * Source: EKS user guide, "Grant IAM users access to Kubernetes with EKS access entries".
 */
export function assumedRoleSignsIn({ aws, cluster, controllers, workloads }: Environment): readonly Problem[] {
  const roleArn = aws.assumeRole?.roleArn;
  const nothingToInstall = [...Object.values(controllers), ...Object.values(workloads)].every(
    (part) => part === undefined,
  );
  if (roleArn === undefined || nothingToInstall) return [];
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
