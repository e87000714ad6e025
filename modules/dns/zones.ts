import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { DnsOptions } from "./schema";

export interface ZonesProps {
  readonly zones: DnsOptions["zones"];
}

/** Public zones of the environment: made here, or made elsewhere and only named. */
export class Zones extends Construct {
  /** Zone id of each domain name. */
  readonly ids: Readonly<Record<string, string>>;
  /** Name servers of each zone made here, one text a zone. */
  readonly nameServers: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ZonesProps) {
    super(scope, id);
    const zones = Object.entries(props.zones).map(([name, zone]) => ({
      name,
      zone,
      made:
        zone.kind === "existing"
          ? undefined
          : new Route53Zone(this, name, { name, forceDestroy: zone.foreignRecords.kind === "delete" }),
    }));
    this.ids = Object.fromEntries(
      zones.map(({ name, zone, made }) => [name, zone.kind === "existing" ? zone.zoneId : (made?.zoneId ?? "")]),
    );
    this.nameServers = Object.fromEntries(
      zones.flatMap(({ name, made }) => (made === undefined ? [] : [[name, Fn.join(" ", made.nameServers)]])),
    );
  }
}
