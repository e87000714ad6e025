import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { destinations, lastAction } from "../balancers/actions";
import type { BalancingState } from "../balancers/state";

/** Targets of a target group with their health, by its ARN. */
export type Health = ReadonlyMap<string, readonly TargetHealthDescription[]>;

/** The way from a balancer's name to the pods behind it, a line a hop. */
export function hops(state: BalancingState, hostname: string, health: Health): readonly string[] {
  const found = state.balancers.find(({ balancer }) => balancer.DNSName?.toLowerCase() === hostname.toLowerCase());
  if (found === undefined) {
    return [`${hostname}: no load balancer has this name`];
  }
  const { balancer, listeners } = found;
  const zones = (balancer.AvailabilityZones ?? []).map(({ ZoneName }) => ZoneName).join(", ");
  const groups = balancer.SecurityGroups ?? [];
  return [
    `${balancer.DNSName}: ${balancer.Type} load balancer, ${balancer.Scheme}, in ${zones}`,
    `security groups: ${groups.length === 0 ? "none, so everybody may ask" : groups.join(", ")}`,
    ...listeners.flatMap(({ listener, rules }) => [
      `listener ${listener.Protocol} ${listener.Port}`,
      ...rules
        .flatMap(({ Actions = [] }) => destinations(lastAction(Actions)))
        .map(({ targetGroupArn }) => groupText(state, targetGroupArn, health)),
    ]),
  ];
}

function groupText({ groups }: BalancingState, arn: string, health: Health): string {
  const group = groups.find((each) => each.group.TargetGroupArn === arn)?.group;
  const targets = (health.get(arn) ?? []).map(
    ({ Target, TargetHealth }) => `${Target?.Id}:${Target?.Port} ${TargetHealth?.State}`,
  );
  return `target group ${group?.TargetGroupName ?? arn}: ${targets.length === 0 ? "no target" : targets.join(", ")}`;
}
