import type { ResourceRecordSet } from "@aws-sdk/client-route-53";

/** A hosted zone with what is in it. */
export interface ZoneState {
  /** Without the dot at the end. */
  readonly name: string;
  readonly records: readonly ResourceRecordSet[];
}

/** Addresses of the names that AWS itself gives, such as those of load balancers. */
export type AmazonNames = ReadonlyMap<string, readonly string[]>;

/** Seconds that an answer may be kept; people change things here and look at once. */
const timeToLive = 1;

/**
 * A zone in the format of RFC 1035. An alias is answered with the addresses it leads to, as Route 53 does.
 *
 * @param serial has to grow with each change
 */
export function zoneFile({ name, records }: ZoneState, amazon: AmazonNames, serial: number): string {
  const lines = records.flatMap((record) => recordLines(record, amazon));
  return [
    `$ORIGIN ${name}.`,
    `@ ${timeToLive} IN SOA ns.${name}. hostmaster.${name}. ${serial} 60 60 3600 ${timeToLive}`,
    `@ ${timeToLive} IN NS ns.${name}.`,
    ...lines,
    "",
  ].join("\n");
}

/** Route 53's own records of the zone's edge are not repeated. */
function recordLines(record: ResourceRecordSet, amazon: AmazonNames): readonly string[] {
  const { Name = "", Type = "", ResourceRecords = [], AliasTarget } = record;
  if (["SOA", "NS"].includes(Type)) {
    return [];
  }
  const name = `${unescaped(Name).replace(/\.$/, "")}.`;
  const values =
    AliasTarget === undefined
      ? ResourceRecords.flatMap(({ Value }) => Value ?? [])
      : Type === "A"
        ? (amazon.get(plainName(AliasTarget.DNSName)) ?? [])
        : [];
  // A name without a dot at its end would be one of this zone.
  const whole = Type === "CNAME" ? values.map((value) => `${value.replace(/\.$/, "")}.`) : values;
  return whole.map((value) => `${name} ${timeToLive} IN ${Type} ${value}`);
}

/** Route 53 writes an asterisk in octal. */
const unescaped = (name: string) => name.replaceAll("\\052", "*");

/** ExternalDNS and Terraform may name a balancer with the prefix that serves both kinds of addresses. */
export function plainName(name = ""): string {
  return name
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^dualstack\./, "");
}

/** CoreDNS's configuration for what a VPC's resolver answers. */
export function resolverConfiguration(folder: string, addresses: readonly string[]): string {
  return `. {
  bind ${addresses.join(" ")}
  errors
  # Longer names first: the more specific of two zones answers.
  auto {
    directory ${folder}/zones db\\.(.*) {1}
    reload 1s
  }
  # CoreDNS asks this before the zones, whatever the order here, and it answers for every name unless it lets go.
  hosts ${folder}/amazon-names {
    ttl ${timeToLive}
    reload 1s
    fallthrough
  }
}
`;
}

/** Names of AWS in the format of a hosts file. */
export function hostsFile(amazon: AmazonNames): string {
  return [...amazon].flatMap(([name, addresses]) => addresses.map((address) => `${address} ${name}\n`)).join("");
}
