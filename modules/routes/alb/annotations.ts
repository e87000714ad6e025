import { callerAnnotations } from "../../callers/annotations";
import type { Callers } from "../../callers/schema";
import { type Hsts, hstsHeader } from "../../certificates/hsts";
import {
  attributesText,
  type BalancerSettings,
  balancerAttributes,
  hstsAttribute,
} from "../../load-balancer/attributes";
import { deregistrationDelay } from "../../load-balancer/drain";
import type { RouteTarget } from "../../workloads/route-target";

const prefix = "alb.ingress.kubernetes.io/";

export interface AlbAnnotationProps {
  readonly exposure: "internal" | "internet-facing";
  /** Where it stands, one subnet a zone. */
  readonly subnetIds: readonly string[];
  /** Seconds that a target which goes away may still answer: as long as its pod does. */
  readonly drainSeconds: number;
  readonly healthCheck: {
    readonly path: string;
    /** Port of the container. Default: the one that gets the traffic. */
    readonly port?: number | undefined;
  };
  /** ACM certificate and TLS policy. Default: HTTP alone. */
  readonly tls?:
    | { readonly certificateArn: string; readonly policy: string; readonly hsts?: Hsts | undefined }
    | undefined;
  /** Networks that may connect; without them and a prefix list every one. */
  readonly inboundCidrs: readonly string[];
  /** Ids of prefix lists of networks that may connect. Default: none. */
  readonly inboundLists?: readonly string[];
  /** What every load balancer of the environment has. */
  readonly balancers: BalancerSettings;
  /** Whom the load balancer lets through. Default: everybody. */
  readonly callers?: Callers;
  /** ARN of the trust store whose clients may call. Default: no client certificate is asked for. */
  readonly trustStoreArn?: string | undefined;
  /** Ingresses of one group share an ALB; `order` is among them, the lowest first. Default: an ALB of its own. */
  readonly group?: { readonly name: string; readonly order: number } | undefined;
  /** WAFv2 web ACL. Default: none. */
  readonly webAclArn?: string | undefined;
  /** Seconds that a caller stays at one pod. Default: none. */
  readonly stickySeconds?: number | undefined;
  /** Whether gRPC is spoken. Default: HTTP. */
  readonly grpc?: boolean;
  /** Seconds that a connection may be silent. Default: that of AWS, 60. */
  readonly timeoutSeconds?: number;
}

/** Seconds without the attribute. Source: Elastic Load Balancing user guide, "Connection idle timeout". */
const awsIdleTimeout = 60;

/** Source: Elastic Load Balancing user guide, "Sticky sessions for your Application Load Balancer". */
function stickiness(seconds: number | undefined): Readonly<Record<string, string>> {
  if (seconds === undefined) return {};
  return {
    "stickiness.enabled": "true",
    "stickiness.type": "lb_cookie",
    "stickiness.lb_cookie.duration_seconds": String(seconds),
  };
}

/** The path to check and, where it is not the port that gets the traffic, its port. */
export function albHealthCheck(
  route: { readonly healthCheckPath?: string | undefined },
  target: RouteTarget,
): AlbAnnotationProps["healthCheck"] {
  const probe = target.healthCheck;
  if (route.healthCheckPath !== undefined) return { path: route.healthCheckPath };
  if (probe === undefined) return { path: "/" };
  return probe.port === target.containerPort ? { path: probe.path } : probe;
}

/**
 * Annotations of an Ingress that becomes an ALB with the pods' addresses as targets.
 * Source: "Ingress annotations" in the AWS Load Balancer Controller's guide.
 */
export function albAnnotations(props: AlbAnnotationProps): Readonly<Record<string, string>> {
  const { tls, group, healthCheck } = props;
  const annotations: Record<string, string> = {
    scheme: props.exposure,
    "target-type": "ip",
    "target-group-attributes": attributesText({
      [deregistrationDelay]: String(props.drainSeconds),
      ...stickiness(props.stickySeconds),
    }),
    subnets: props.subnetIds.join(","),
    "healthcheck-path": healthCheck.path,
    // Keeps headers that no HTTP client sends from reaching the pods.
    "load-balancer-attributes": attributesText({
      "routing.http.drop_invalid_header_fields.enabled": "true",
      ...balancerAttributes("application", props.balancers),
      ...(props.timeoutSeconds === undefined || props.timeoutSeconds === awsIdleTimeout
        ? {}
        : { "idle_timeout.timeout_seconds": String(props.timeoutSeconds) }),
    }),
    "listen-ports": JSON.stringify(tls === undefined ? [{ HTTP: 80 }] : [{ HTTP: 80 }, { HTTPS: 443 }]),
  };
  if (props.grpc === true) {
    annotations["backend-protocol-version"] = "GRPC";
    // Of gRPC's own codes every one is an answer; UNIMPLEMENTED is what a server says without a health service.
    annotations["success-codes"] = "0-99";
  }
  if (healthCheck.port !== undefined) annotations["healthcheck-port"] = String(healthCheck.port);
  if (tls !== undefined) {
    annotations["certificate-arn"] = tls.certificateArn;
    annotations["ssl-policy"] = tls.policy;
    annotations["ssl-redirect"] = "443";
    if (tls.hsts !== undefined)
      annotations["listener-attributes.HTTPS-443"] = `${hstsAttribute}=${hstsHeader(tls.hsts)}`;
  }
  if (props.inboundCidrs.length > 0) annotations["inbound-cidrs"] = props.inboundCidrs.join(",");
  if (props.inboundLists !== undefined && props.inboundLists.length > 0)
    annotations["security-group-prefix-lists"] = props.inboundLists.join(",");
  Object.assign(annotations, callerAnnotations(props.callers ?? { kind: "anyone" }));
  if (props.trustStoreArn !== undefined) {
    const mode = { port: 443, mode: "verify", trustStore: props.trustStoreArn };
    annotations["mutual-authentication"] = JSON.stringify([mode]);
  }
  if (group !== undefined) {
    annotations["group.name"] = group.name;
    annotations["group.order"] = String(group.order);
  }
  if (props.webAclArn !== undefined) annotations["wafv2-acl-arn"] = props.webAclArn;
  if (props.balancers.shieldAdvanced === true) annotations["shield-advanced-protection"] = "true";
  return Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${prefix}${key}`, value]));
}
