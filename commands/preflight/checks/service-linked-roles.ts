import { allOf } from "../../../modules/schema/suggest";
import { type Check, warns } from "../check";

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
    const missing: typeof needed = [];
    for (const role of needed) {
      if (role.by > 0 && !(await facts.serviceLinkedRoleExists(role.name))) missing.push(role);
    }
    if (missing.length === 0) return [];
    const create = missing.map(
      ({ service }) => `aws iam create-service-linked-role --aws-service-name ${service}.amazonaws.com`,
    );
    return [
      warns(
        `${allOf(missing.map(({ name }) => name))} ${missing.length === 1 ? "is" : "are"} not there yet; AWS makes that during the apply, where the caller may`,
        `let the caller do iam:CreateServiceLinkedRole, or ${create.join("; ")}`,
      ),
    ];
  },
};
