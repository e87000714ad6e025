import { createHash } from "node:crypto";

/** Characters in the name of a load balancer or target group. Source: CreateLoadBalancer, CreateTargetGroup. */
export const balancerNameLimit = 32;

/** Characters in the name of a Helm release. Source: Helm, ValidateReleaseName. */
export const releaseNameLimit = 53;

const hashLength = 8;

/**
 * Parts joined with hyphens: as they are where they fit, otherwise cut, with a hash of the whole at the end. The same
 * parts always give the same name, and two names that differ beyond the cut stay apart.
 */
export function limitedName(limit: number, ...parts: readonly string[]): string {
  const whole = parts.join("-");
  if (whole.length <= limit) return whole;
  const hash = createHash("sha256").update(whole).digest("hex").slice(0, hashLength);
  const head = whole.slice(0, limit - hashLength - 1).replace(/-+$/, "");
  return `${head}-${hash}`;
}
