import { type Check, type Finding, warns } from "../check";

/** AWS makes them itself at the first use of a service, where the caller may have that done. */
export const serviceLinkedRoles: Check = {
  name: "service-linked roles",
  asksAws: true,
  look: async ({ environment: { cluster }, count }, facts) => {
    const groups = Object.values(cluster.nodeGroups);
    const needed = [
      { name: "AWSServiceRoleForAmazonEKS", service: "eks", by: count("aws_eks_cluster") },
      { name: "AWSServiceRoleForAmazonEKSNodegroup", service: "eks-nodegroup", by: groups.length },
      { name: "AWSServiceRoleForAutoScaling", service: "autoscaling", by: groups.length },
      { name: "AWSServiceRoleForAmazonEKSForFargate", service: "eks-fargate", by: count("aws_eks_fargate_profile") },
      {
        name: "AWSServiceRoleForEC2Spot",
        service: "spot",
        by: groups.filter(({ capacity }) => capacity === "SPOT").length,
      },
    ];
    const findings: Finding[] = [];
    for (const { name, service, by } of needed) {
      if (by === 0 || (await facts.serviceLinkedRoleExists(name))) continue;
      findings.push(
        warns(
          `${name} is not there yet; AWS makes it during the apply, where the caller may`,
          `let the caller do iam:CreateServiceLinkedRole, or aws iam create-service-linked-role --aws-service-name ${service}.amazonaws.com`,
        ),
      );
    }
    return findings;
  },
};
