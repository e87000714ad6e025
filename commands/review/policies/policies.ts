import type { Landscape } from "../../doors/landscape";
import { accountPolicies } from "./account-policies";
import { doorPolicies } from "./door-policies";
import { podPolicies } from "./pod-policies";
import type { Policy, Violation } from "./policy";

/**
 * Every policy. Names by Security Hub's control reference, the CIS Amazon EKS Benchmark 1.4.0, Checkov's policy index and
 * Trivy's list of checks.
 */
export const policies: readonly Policy[] = [...accountPolicies, ...doorPolicies, ...podPolicies];

/** Everything that breaks a policy. */
export function violationsOf(landscape: Landscape): readonly Violation[] {
  return policies.flatMap(({ id, broken }) => [...new Set(broken(landscape))].map((place) => ({ policy: id, place })));
}
