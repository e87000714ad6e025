import { Netmask } from "netmask";
import { type Block, blocks, type EnvironmentJson, placeOf } from "../terraform-json/environment-json";
import { listAt, numberAt, textAt, textsAt } from "../terraform-json/json";
import type { References } from "../terraform-json/references";

/** One permission of a security group. */
export interface GroupRule {
  readonly direction: "ingress" | "egress";
  /** The group it belongs to, by its identity among all stacks. */
  readonly group: string;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly cidrs: readonly string[];
  readonly groups: readonly string[];
  readonly prefixLists: readonly string[];
  readonly block: Block;
}

/** Who is on the other side of a rule. */
export interface Peer {
  readonly group?: string;
  readonly cidr?: string;
}

const anyPort = { from: 0, to: 65_535 } as const;

/** Rules of security groups, written as resources of their own or inside of a group. */
export class SecurityGroups {
  readonly rules: readonly GroupRule[];

  constructor(
    environment: EnvironmentJson,
    private readonly references: References,
  ) {
    const separate = (direction: GroupRule["direction"]) =>
      blocks(environment, `aws_vpc_security_group_${direction}_rule`).map((block) =>
        this.rule(direction, block, block.arguments, this.identity(block, "security_group_id")),
      );
    const inside = ["aws_security_group", "aws_default_security_group"].flatMap((type) =>
      blocks(environment, type).flatMap((block) =>
        (["ingress", "egress"] as const).flatMap((direction) =>
          listAt(block.arguments, direction).map((rule) => this.rule(direction, block, rule, `${placeOf(block)}.id`)),
        ),
      ),
    );
    const older = blocks(environment, "aws_security_group_rule").map((block) =>
      this.rule(
        textAt(block.arguments, "type") === "egress" ? "egress" : "ingress",
        block,
        block.arguments,
        this.identity(block, "security_group_id"),
      ),
    );
    this.rules = [...separate("ingress"), ...separate("egress"), ...inside, ...older];
  }

  /** Identity of a group that a block names, as rules have it. */
  identity(block: Block, argument: string): string {
    return this.references.identity(block.stack, textAt(block.arguments, argument) ?? "");
  }

  /** The rule that lets a group talk over TCP with another side on a port; undefined where none does. */
  permits(group: string, direction: GroupRule["direction"], port: number, peer: Peer): GroupRule | undefined {
    return this.rules.find(
      (rule) =>
        rule.group === group &&
        rule.direction === direction &&
        ["tcp", "6", "-1", "all"].includes(rule.protocol) &&
        rule.from <= port &&
        port <= rule.to &&
        admits(rule, peer),
    );
  }

  private rule(direction: GroupRule["direction"], block: Block, rule: unknown, group: string): GroupRule {
    const texts = (...names: readonly string[]) =>
      names.flatMap((name) => textsAt(rule, name)).map((text) => this.references.identity(block.stack, text));
    const protocol = textAt(rule, "ip_protocol") ?? textAt(rule, "protocol") ?? "-1";
    const all = protocol === "-1";
    return {
      direction,
      group,
      protocol,
      from: all ? anyPort.from : (numberAt(rule, "from_port") ?? anyPort.from),
      to: all ? anyPort.to : (numberAt(rule, "to_port") ?? anyPort.to),
      cidrs: texts("cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"),
      groups: texts("referenced_security_group_id", "security_groups", "source_security_group_id"),
      prefixLists: texts("prefix_list_id", "prefix_list_ids"),
      block,
    };
  }
}

function admits({ cidrs, groups }: GroupRule, peer: Peer): boolean {
  if (peer.group !== undefined && groups.includes(peer.group)) return true;
  const { cidr } = peer;
  return cidr !== undefined && cidrs.some((network) => covers(network, cidr));
}

/** Whether one network holds another whole; texts that are no IPv4 networks hold what is equal to them. */
export function covers(network: string, other: string): boolean {
  if (network === other || network === "0.0.0.0/0") return true;
  try {
    return new Netmask(network).contains(new Netmask(other));
  } catch {
    return false;
  }
}
