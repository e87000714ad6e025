import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { sdkOptions } from "../../aws/sdk";
import { type Repetition, repeatedly } from "../../repeatedly";
import { amazonAddresses } from "../addresses";
import type { VpcNetwork } from "../network/vpc";
import { NamespaceProcess } from "../process";
import { type AmazonNames, hostsFile, resolverConfiguration, type ZoneState, zoneFile } from "./zones";

export interface NamesProps {
  /** Path of CoreDNS. */
  readonly program: string;
  readonly network: VpcNetwork;
  readonly folder: string;
  readonly awsEndpoint: string;
  readonly region: string;
  /** Names that AWS gives by itself, as they are at this moment. */
  readonly amazon: () => AmazonNames;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks at Route 53. */
const interval = 1000;

/** A DNS server at the addresses of the VPC's resolver: Route 53's zones, and the names of load balancers. */
export class Names {
  private readonly route53: Route53Client;
  private readonly server: NamespaceProcess;
  private readonly looking: Repetition;
  private readonly written = new Map<string, string>();
  private serial = 1;

  constructor(private readonly props: NamesProps) {
    const { folder, network, program, awsEndpoint, region } = props;
    mkdirSync(join(folder, "zones"), { recursive: true });
    const configuration = join(folder, "Corefile");
    writeFileSync(configuration, resolverConfiguration(folder, [network.resolver, amazonAddresses.resolver]));
    writeFileSync(join(folder, "amazon-names"), "");
    this.route53 = new Route53Client(sdkOptions(awsEndpoint, region));
    const args = ["-conf", configuration];
    this.server = NamespaceProcess.start(network.names.services, program, args, join(folder, "coredns.log"));
    this.looking = repeatedly(interval, () => this.look(), props.onError);
  }

  async stop(): Promise<void> {
    await this.looking.stop();
    await this.server.stop();
  }

  private async look(): Promise<void> {
    const { folder } = this.props;
    const amazon = this.props.amazon();
    const zones = await this.zones();
    this.write(join(folder, "amazon-names"), hostsFile(amazon), hostsFile(amazon));
    for (const zone of zones) {
      // The serial is no part of what is compared.
      this.write(
        join(folder, "zones", `db.${zone.name}`),
        zoneFile(zone, amazon, 0),
        zoneFile(zone, amazon, this.serial + 1),
      );
    }
    const present = zones.map(({ name }) => `db.${name}`);
    for (const file of readdirSync(join(folder, "zones")).filter((name) => !present.includes(name))) {
      rmSync(join(folder, "zones", file), { force: true });
      this.written.delete(join(folder, "zones", file));
    }
  }

  private write(file: string, content: string, text: string): void {
    if (this.written.get(file) !== content) {
      this.serial += 1;
      // Beside the folder: whatever is in it with the name of a zone is one.
      const candidate = join(this.props.folder, "new");
      writeFileSync(candidate, text);
      renameSync(candidate, file);
      this.written.set(file, content);
    }
  }

  private async zones(): Promise<readonly ZoneState[]> {
    const { HostedZones = [] } = await this.route53.send(new ListHostedZonesCommand({}));
    return Promise.all(
      HostedZones.map(async ({ Id = "", Name = "" }) => ({
        name: Name.replace(/\.$/, ""),
        records: await this.records(Id),
      })),
    );
  }

  private async records(HostedZoneId: string): Promise<readonly ResourceRecordSet[]> {
    const { ResourceRecordSets = [] } = await this.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId }));
    return ResourceRecordSets;
  }
}
