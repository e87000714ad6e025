const roleAnnotation = "eks.amazonaws.com/role-arn";

/** Annotations of a service account. @param roleArn IRSA role; undefined with Pod Identity, which needs none. */
export function roleAnnotations(roleArn: string | undefined): Readonly<Record<string, string>> {
  return roleArn === undefined ? {} : { [roleAnnotation]: roleArn };
}

/**
 * Annotation of pods that says where their AWS credentials come from. EKS gives them when a pod is made, and a change of
 * the service account alone makes none: without it pods would go on with the way that was taken away.
 * Source: EKS user guide, "Configure Pods to use a Kubernetes service account".
 */
export function credentialsAnnotation(roleArn: string | undefined): Readonly<Record<string, string>> {
  return { "aws-credentials": roleArn ?? "pod-identity" };
}
