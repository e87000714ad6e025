import type { IpPermission, SecurityGroup } from "@aws-sdk/client-ec2";

/** Something with an address in the VPC and the security groups that are held at it. */
export interface NetworkInterface {
  /** A name that is unique among them, of letters, digits and underscores. */
  readonly name: string;
  /** Addresses and networks, in CIDR notation or bare. */
  readonly addresses: readonly string[];
  /** None: everything may pass, as at a network load balancer without any. */
  readonly groups: readonly string[];
}

/** An address of the internet that leads to one in the VPC, as an internet gateway translates it. */
export interface PublicAddress {
  readonly publicAddress: string;
  readonly privateAddress: string;
}

export interface FirewallState {
  readonly groups: readonly SecurityGroup[];
  readonly interfaces: readonly NetworkInterface[];
  readonly publicAddresses: readonly PublicAddress[];
  /** Traffic through PrivateLink, where a balancer holds its groups' rules for that off. */
  readonly exempt: readonly { readonly from: string; readonly to: readonly string[] }[];
  /** What AWS answers itself in every VPC, past all security groups. */
  readonly amazon: readonly string[];
}

/**
 * The router's rules for `nft`, which replaces the ones before as a whole: at every hop the security groups of whoever
 * sends must let it out and those of whoever receives must let it in. What no rule allows is dropped without a word, so it
 * times out as in AWS.
 */
export function firewallRules(state: FirewallState): string {
  const guarded = state.interfaces.filter(({ groups }) => groups.length > 0);
  const known = new Map(state.groups.map((group) => [group.GroupId ?? "", group]));
  const chains = guarded.flatMap(({ name, groups }) => {
    const held = groups.flatMap((id) => known.get(id) ?? []);
    const into = held.flatMap(({ IpPermissions = [] }) => IpPermissions.flatMap((each) => permitted(each, "saddr")));
    const out = held.flatMap(({ IpPermissionsEgress = [] }) =>
      IpPermissionsEgress.flatMap((each) => permitted(each, "daddr")),
    );
    return [chain(`in_${name}`, into), chain(`out_${name}`, out)];
  });
  const members = [...known.keys()].map((id) => {
    const addresses = state.interfaces
      .filter(({ groups }) => groups.includes(id))
      .flatMap(({ addresses }) => addresses);
    return set(setName(id), [...new Set(addresses)]);
  });
  const verdicts = (prefix: "in" | "out") =>
    guarded.flatMap(({ name, addresses }) => addresses.map((address) => `${address} : jump ${prefix}_${name}`));
  return [
    "table inet vpc",
    "delete table inet vpc",
    "table inet vpc {",
    ...members,
    set("amazon", state.amazon),
    ...chains,
    `  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    ip daddr @amazon accept
${exemptions(state.exempt)}${map("saddr", verdicts("out"))}${map("daddr", verdicts("in"))}    accept
  }`,
    `  chain prerouting {
    type nat hook prerouting priority dstnat;
${state.publicAddresses.map((each) => `    ip daddr ${each.publicAddress} dnat ip to ${each.privateAddress}\n`).join("")}  }`,
    "}",
    "",
  ].join("\n");
}

/** Rules that let a packet on to the next check; what passes none is dropped. */
function chain(name: string, rules: readonly string[]): string {
  return [`  chain ${name} {`, ...[...new Set(rules)].map((rule) => `    ${rule}`), "    drop", "  }"].join("\n");
}

function map(side: "saddr" | "daddr", entries: readonly string[]): string {
  return entries.length === 0 ? "" : `    ip ${side} vmap { ${[...new Set(entries)].join(", ")} }\n`;
}

function exemptions(exempt: FirewallState["exempt"]): string {
  return exempt
    .filter(({ to }) => to.length > 0)
    .map(({ from, to }) => `    ip saddr ${from} ip daddr { ${to.join(", ")} } accept\n`)
    .join("");
}

function set(name: string, elements: readonly string[]): string {
  const content = elements.length === 0 ? "" : ` elements = { ${elements.join(", ")} };`;
  return `  set ${name} { type ipv4_addr; flags interval; auto-merge;${content} }`;
}

const setName = (groupId: string) => groupId.replaceAll("-", "_");

/** One rule of a security group, for the other side's address. Prefix lists of AWS's own services name nobody here. */
function permitted(permission: IpPermission, side: "saddr" | "daddr"): readonly string[] {
  const { IpRanges = [], UserIdGroupPairs = [] } = permission;
  const ranges = IpRanges.flatMap(({ CidrIp }) => CidrIp ?? []);
  const others = UserIdGroupPairs.flatMap(({ GroupId }) => GroupId ?? []);
  const traffic = trafficOf(permission);
  return [
    ...ranges.map((range) => (range === "0.0.0.0/0" ? traffic : `ip ${side} ${range} ${traffic}`)),
    ...others.map((id) => `ip ${side} @${setName(id)} ${traffic}`),
  ].map((rule) => `${rule} return`.replaceAll("  ", " ").trim());
}

function trafficOf({ IpProtocol = "-1", FromPort = -1, ToPort = -1 }: IpPermission): string {
  switch (IpProtocol) {
    case "-1":
      return "";
    case "tcp":
    case "udp":
      return FromPort < 0 ? `meta l4proto ${IpProtocol}` : `${IpProtocol} dport ${FromPort}-${ToPort}`;
    default:
      return `meta l4proto ${IpProtocol}`;
  }
}
