/** Source: Elastic Load Balancing user guide, "HTTP header modification for your Application Load Balancer". */
export const hstsAttribute = "routing.http.response.strict_transport_security.header_value";

/** What every load balancer of an environment has. */
export interface BalancerSettings {
  /** Bucket of the access logs; undefined where there are none. */
  readonly logBucket: string | undefined;
  readonly deletionProtection: boolean;
  /** Whether AWS Shield Advanced protects each ALB. Default: false. */
  readonly shieldAdvanced?: boolean;
}

/** Attributes of one load balancer, by name. */
export type BalancerAttributes = Readonly<Record<string, string>>;

/**
 * Attributes that follow from the settings of the environment.
 * Source: Elastic Load Balancing user guides, "Edit attributes" of Application and of Network Load Balancers.
 */
export function balancerAttributes(
  kind: "application" | "network",
  { logBucket, deletionProtection }: BalancerSettings,
): BalancerAttributes {
  const logs = (name: string): BalancerAttributes =>
    logBucket === undefined ? {} : { [`${name}.s3.enabled`]: "true", [`${name}.s3.bucket`]: logBucket };
  return {
    ...logs("access_logs"),
    ...(kind === "application" ? logs("connection_logs") : {}),
    ...(deletionProtection ? { "deletion_protection.enabled": "true" } : {}),
  };
}

/** Attributes as an annotation has them. */
export function attributesText(attributes: BalancerAttributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
}
