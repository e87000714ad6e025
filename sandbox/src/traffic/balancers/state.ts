import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
  type Rule,
  type TargetDescription,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";

export type Attributes = Readonly<Record<string, string>>;

export interface ListenerState {
  readonly listener: Listener;
  /** In the order of their priority, the default last. */
  readonly rules: readonly Rule[];
}

export interface BalancerState {
  readonly balancer: LoadBalancer;
  readonly attributes: Attributes;
  readonly listeners: readonly ListenerState[];
}

export interface TargetGroupState {
  readonly group: TargetGroup;
  readonly attributes: Attributes;
  readonly targets: readonly TargetDescription[];
}

/** Everything that load balancing is made of in a region. */
export interface BalancingState {
  readonly balancers: readonly BalancerState[];
  readonly groups: readonly TargetGroupState[];
}

export async function readBalancing(client: ElasticLoadBalancingV2Client): Promise<BalancingState> {
  const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({}));
  const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({}));
  return {
    balancers: await Promise.all(LoadBalancers.map((balancer) => readBalancer(client, balancer))),
    groups: await Promise.all(TargetGroups.map((group) => readGroup(client, group))),
  };
}

async function readBalancer(client: ElasticLoadBalancingV2Client, balancer: LoadBalancer): Promise<BalancerState> {
  const { LoadBalancerArn } = balancer;
  const { Attributes = [] } = await client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
  const { Listeners = [] } = await client.send(new DescribeListenersCommand({ LoadBalancerArn }));
  return {
    balancer,
    attributes: attributesOf(Attributes),
    listeners: await Promise.all(
      Listeners.map(async (listener) => {
        const { Rules = [] } = await client.send(new DescribeRulesCommand({ ListenerArn: listener.ListenerArn }));
        return { listener, rules: inOrder(listener, Rules) };
      }),
    ),
  };
}

async function readGroup(client: ElasticLoadBalancingV2Client, group: TargetGroup): Promise<TargetGroupState> {
  const { TargetGroupArn } = group;
  const { Attributes = [] } = await client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
  const { TargetHealthDescriptions = [] } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return {
    group,
    attributes: attributesOf(Attributes),
    targets: TargetHealthDescriptions.flatMap(({ Target }) => Target ?? []),
  };
}

/** A listener's default actions are the rule that is last. */
function inOrder(listener: Listener, rules: readonly Rule[]): readonly Rule[] {
  const ranked = rules
    .filter(({ IsDefault, Priority }) => IsDefault !== true && Priority !== "default")
    .toSorted((left, right) => Number(left.Priority) - Number(right.Priority));
  return [...ranked, { IsDefault: true, Conditions: [], Actions: listener.DefaultActions ?? [] }];
}

function attributesOf(list: readonly { readonly Key?: string; readonly Value?: string }[]): Attributes {
  return Object.fromEntries(list.map(({ Key = "", Value = "" }) => [Key, Value]));
}
