import type { RecordedNeed } from "./recorded-needs";

/**
 * Services of which the first of its kind in an account makes a service-linked role, which no call shows, by the action.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/using-service-linked-roles.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html
 */
const linkedService: Readonly<Record<string, string>> = {
  "eks:CreateCluster": "eks.amazonaws.com",
  "eks:CreateFargateProfile": "eks-fargate.amazonaws.com",
  "eks:CreateNodegroup": "eks-nodegroup.amazonaws.com",
  "elasticloadbalancing:CreateLoadBalancer": "elasticloadbalancing.amazonaws.com",
};

/**
 * EKS encrypts secrets with the key of the cluster's creator, who has to be able to hand it on.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
 */
const withOwnKey = ["kms:CreateGrant", "kms:DescribeKey"];

/** The needs, and those that come with them. */
export function withAlsoNeeded(
  needs: readonly RecordedNeed[],
  { partition, accountId }: { readonly partition: string; readonly accountId: string },
): readonly RecordedNeed[] {
  const linked = needs.flatMap(({ stack, action }) => {
    const service = linkedService[action];
    const resource = `arn:${partition}:iam::${accountId}:role/aws-service-role/${service}/*`;
    return service === undefined ? [] : [{ stack, action: "iam:CreateServiceLinkedRole", resource, parameters: {} }];
  });
  const makesCluster = needs.find(({ action }) => action === "eks:CreateCluster");
  const makesKey = needs.some(({ action }) => action === "kms:CreateKey");
  const grants =
    makesCluster !== undefined && makesKey
      ? withOwnKey.map((action) => ({ stack: makesCluster.stack, action, parameters: {} }))
      : [];
  return [...needs, ...linked, ...grants];
}
