/** One statement of the controller's policy, as its scope: how many actions of which services, on what, if what. */
export interface StatementScope {
  readonly actions: Readonly<Record<string, number>>;
  readonly resources: readonly string[];
  readonly condition: unknown;
}

const clusterTag = "elbv2.k8s.aws/cluster";
const request = `aws:RequestTag/${clusterTag}`;
const held = `aws:ResourceTag/${clusterTag}`;

/** The sixteen statements of v3.5.0's docs/install/iam_policy.json, as the vendor's table has them. */
export function vendorStatements(partition: string): readonly StatementScope[] {
  const securityGroups = [`arn:${partition}:ec2:*:*:security-group/*`];
  const balancing = (...paths: readonly string[]) =>
    paths.map((path) => `arn:${partition}:elasticloadbalancing:*:*:${path}`);
  const tagged = balancing("targetgroup/*/*", "loadbalancer/net/*/*", "loadbalancer/app/*/*");
  const elb = (count: number) => ({ elasticloadbalancing: count });
  const ec2 = (count: number) => ({ ec2: count });
  return [
    {
      actions: { iam: 1 },
      resources: ["*"],
      condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
    { actions: { ...ec2(16), ...elb(13) }, resources: ["*"], condition: undefined },
    {
      actions: { "cognito-idp": 1, acm: 2, iam: 2, "waf-regional": 4, wafv2: 4, shield: 4 },
      resources: ["*"],
      condition: undefined,
    },
    { actions: ec2(2), resources: ["*"], condition: undefined },
    { actions: ec2(1), resources: ["*"], condition: undefined },
    {
      actions: ec2(1),
      resources: securityGroups,
      condition: { StringEquals: { "ec2:CreateAction": "CreateSecurityGroup" }, Null: { [request]: "false" } },
    },
    { actions: ec2(2), resources: securityGroups, condition: { Null: { [request]: "true", [held]: "false" } } },
    { actions: ec2(3), resources: ["*"], condition: { Null: { [held]: "false" } } },
    { actions: elb(2), resources: ["*"], condition: { Null: { [request]: "false" } } },
    { actions: elb(4), resources: ["*"], condition: undefined },
    { actions: elb(2), resources: tagged, condition: { Null: { [request]: "true", [held]: "false" } } },
    {
      actions: elb(2),
      resources: balancing(
        "listener/net/*/*/*",
        "listener/app/*/*/*",
        "listener-rule/net/*/*/*",
        "listener-rule/app/*/*/*",
      ),
      condition: undefined,
    },
    { actions: elb(11), resources: ["*"], condition: { Null: { [held]: "false" } } },
    {
      actions: elb(1),
      resources: tagged,
      condition: {
        StringEquals: { "elasticloadbalancing:CreateAction": ["CreateTargetGroup", "CreateLoadBalancer"] },
        Null: { [request]: "false" },
      },
    },
    { actions: elb(2), resources: balancing("targetgroup/*/*"), condition: undefined },
    { actions: elb(6), resources: ["*"], condition: undefined },
  ];
}
