import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Construct } from "constructs";
import type { DnsOptions } from "./schema";

export interface ZonesProps {
  readonly zones: DnsOptions["zones"];
}

/** Public zones of the environment: made here, or made elsewhere and only named. */
export class Zones extends Construct {
  /** Zone id of each domain name. */
  readonly ids: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ZonesProps) {
    super(scope, id);
    this.ids = Object.fromEntries(
      Object.entries(props.zones).map(([name, zone]) => [
        name,
        zone.kind === "existing"
          ? zone.zoneId
          : new Route53Zone(this, name, { name, forceDestroy: zone.foreignRecords.kind === "delete" }).zoneId,
      ]),
    );
  }
}
