import { attributesText, type BalancerSettings, balancerAttributes } from "./attributes";
import { deregistrationDelay } from "./drain";

/** Class of Services that the AWS Load Balancer Controller serves with an NLB. */
export const nlbClass = "service.k8s.aws/nlb";

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

export interface NlbAnnotationProps {
  readonly exposure: "internal" | "internet-facing";
  /** What every load balancer of the environment has. */
  readonly balancers: BalancerSettings;
  /** Where it stands, one subnet a zone. */
  readonly subnetIds: readonly string[];
  /** Elastic IP allocations, one a public subnet. Default: addresses that AWS picks. */
  readonly eipAllocationIds?: readonly string[];
  /** Seconds that a target which goes away may still answer: as long as its pod does. */
  readonly drainSeconds: number;
  /** Path of an HTTP health check. Default: a TCP connection. */
  readonly healthCheckPath?: string | undefined;
  /** Load balancer's name, at most 32 characters. Default: one the controller makes up. */
  readonly loadBalancerName?: string | undefined;
  /** Ids of prefix lists of networks that may connect, beside the Service's source ranges. Default: none. */
  readonly prefixLists?: readonly string[];
  /** ACM certificate and the Service ports that use it. Default: no TLS. */
  readonly tls?: { readonly certificateArn: string; readonly ports: readonly number[] } | undefined;
}

/**
 * Annotations of a Service that becomes an NLB with the pods' addresses as targets.
 * Source: "Network Load Balancer" annotations in the AWS Load Balancer Controller's guide.
 */
export function nlbAnnotations(props: NlbAnnotationProps): Readonly<Record<string, string>> {
  const annotations: Record<string, string> = {
    [`${prefix}scheme`]: props.exposure,
    [`${prefix}nlb-target-type`]: "ip",
    [`${prefix}target-group-attributes`]: `${deregistrationDelay}=${props.drainSeconds}`,
    [`${prefix}subnets`]: props.subnetIds.join(","),
  };
  const attributes = balancerAttributes("network", props.balancers);
  if (Object.keys(attributes).length > 0) annotations[`${prefix}attributes`] = attributesText(attributes);
  if (props.eipAllocationIds !== undefined) annotations[`${prefix}eip-allocations`] = props.eipAllocationIds.join(",");
  if (props.loadBalancerName !== undefined) annotations[`${prefix}name`] = props.loadBalancerName;
  if (props.healthCheckPath !== undefined) {
    annotations[`${prefix}healthcheck-protocol`] = "http";
    annotations[`${prefix}healthcheck-path`] = props.healthCheckPath;
  }
  if (props.prefixLists !== undefined && props.prefixLists.length > 0)
    annotations[`${prefix}security-group-prefix-lists`] = props.prefixLists.join(",");
  if (props.tls !== undefined) {
    annotations[`${prefix}ssl-cert`] = props.tls.certificateArn;
    annotations[`${prefix}ssl-ports`] = props.tls.ports.join(",");
    annotations[`${prefix}ssl-negotiation-policy`] = "ELBSecurityPolicy-TLS13-1-2-2021-06";
  }
  return annotations;
}
