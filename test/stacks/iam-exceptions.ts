/**
 * Statements that take every resource without a condition though their actions know narrower ones, each with its
 * reason. A new line here is a decision that a reviewer has to see.
 */
const exceptions: readonly { readonly policy: RegExp; readonly actions: RegExp; readonly reason: string }[] = [
  {
    policy: /-AWSLoadBalancerControllerIAMPolicy$/,
    actions: /^(elasticloadbalancing|ec2|acm|iam|wafv2|waf-regional|shield|cognito-idp):/,
    reason:
      "the vendor's policy, kept statement by statement: the controller works on load balancers, certificates and web ACLs that it learns of from Ingresses, and its own tag holds what it may change",
  },
];

/** Whether a policy may use an action on every resource. */
export function whollyOnEverything(policy: string, action: string): boolean {
  return exceptions.some((exception) => exception.policy.test(policy) && exception.actions.test(action));
}
