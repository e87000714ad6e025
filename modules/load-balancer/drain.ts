/**
 * Label of namespaces in whose pods the load balancer controller puts a readiness gate: a pod behind a load balancer is
 * ready once its target is healthy, so that a rollout takes no pod away before. Pods that are older than their target
 * group have none, so a first apply waits for nothing.
 * Source: "Pod readiness gate" in the AWS Load Balancer Controller's guide.
 */
export const readinessGateLabel: Readonly<Record<string, string>> = {
  "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
};

/**
 * Seconds that a pod goes on serving once it is to end: for the controller to deregister it, and for the load balancer to
 * answer what is on its way. Deregistration takes as long, so none is sent to a pod that is gone.
 * Source: Elastic Load Balancing user guide, "Deregistration delay"; EKS best practices, "Load balancing".
 */
export const defaultDrainSeconds = 30;

/** Attribute of a target group; the default of AWS is five minutes, which nobody in the cluster waits for. */
export const deregistrationDelay = "deregistration_delay.timeout_seconds";
