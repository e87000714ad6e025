import type { PolicyId } from "../../../modules/policies/policy-ids";
import type { Landscape } from "../../doors/landscape";
import { type Block, placeOf } from "../../terraform-json/environment-json";

/** What others call the same. `docs/review/policies.md` says what each was held against. */
export interface Names {
  /** Controls of Security Hub, of AWS Foundational Security Best Practices where nothing else is said. */
  readonly securityHub?: readonly string[];
  /** Recommendation of the CIS Amazon EKS Benchmark, version 1.4.0. */
  readonly cisEks?: string;
  readonly checkov?: readonly string[];
  /** As newer versions of Trivy print them; older ones put `AVD-` before. */
  readonly trivy?: readonly string[];
}

/** A rule over what is synthesized, which a change should not begin to break. */
export interface Policy {
  readonly id: PolicyId;
  readonly reason: string;
  readonly fix: string;
  readonly names: Names;
  /** Places that break it: `<stack>: <address>`. */
  readonly broken: (landscape: Landscape) => readonly string[];
}

export interface Violation {
  readonly policy: PolicyId;
  readonly place: string;
}

/** Places of the resources of a type for which something holds. */
export function where(type: string, holds: (block: Block, landscape: Landscape) => boolean): Policy["broken"] {
  return (landscape) =>
    landscape
      .blocks(type)
      .filter((block) => holds(block, landscape))
      .map(placeOf);
}
