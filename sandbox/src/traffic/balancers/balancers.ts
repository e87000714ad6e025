import { join } from "node:path";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { sdkOptions } from "../../aws/sdk";
import { type Repetition, repeatedly } from "../../repeatedly";
import { amazonAddresses } from "../addresses";
import { firewallRules, type NetworkInterface } from "../network/firewall";
import type { VpcNetwork } from "../network/vpc";
import { readVpc, type VpcState } from "../network/vpc-state";
import { type BalancerAddress, BalancerAddresses, translated } from "./addresses";
import { BalancerCertificates } from "./certificates";
import { haproxyConfiguration } from "./haproxy";
import { BalancingProxy } from "./proxy";
import { type BalancingState, readBalancing } from "./state";
import { backendName, serverName } from "./target-groups";

export interface BalancersProps {
  readonly network: VpcNetwork;
  readonly awsEndpoint: string;
  readonly region: string;
  /** Security group of the cluster's own network interfaces. */
  readonly clusterSecurityGroup: () => Promise<string | undefined>;
  /** Security groups that API Gateway's requests through VPC links come from. */
  readonly gatewaySecurityGroups: () => readonly string[];
  readonly folder: string;
  /** Folder of the authority that signs certificates. */
  readonly authority: string;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks at what AWS was told. */
const interval = 1000;

/** A balancer as a client outside or inside the VPC finds it. */
export interface ReachableBalancer {
  readonly hostname: string;
  readonly addresses: readonly BalancerAddress[];
}

/**
 * Follows the load balancers and security groups of the AWS API, and has HAProxy and the router do what they say. Whatever
 * makes them, Terraform or a controller, needs to know nothing of it.
 */
export class Balancers {
  private readonly ec2: EC2Client;
  private readonly balancing: ElasticLoadBalancingV2Client;
  private readonly assigned = new BalancerAddresses();
  private readonly certificates: BalancerCertificates;
  private readonly proxy: BalancingProxy;
  private readonly looking: Repetition;
  private readonly socketPath: string;
  private state: BalancingState = { balancers: [], groups: [] };
  private addresses: ReadonlyMap<string, readonly BalancerAddress[]> = new Map();
  private unplayed: readonly string[] = [];

  constructor(private readonly props: BalancersProps) {
    const { awsEndpoint, region, folder, network, authority } = props;
    this.ec2 = new EC2Client(sdkOptions(awsEndpoint, region));
    this.balancing = new ElasticLoadBalancingV2Client(sdkOptions(awsEndpoint, region));
    this.certificates = new BalancerCertificates(awsEndpoint, region, join(folder, "certificates"), authority);
    this.socketPath = join(folder, "haproxy.sock");
    this.proxy = new BalancingProxy(network.names.balancers, folder, this.socketPath);
    this.looking = repeatedly(interval, () => this.look(), props.onError);
  }

  /** What listeners and rules ask that is not forwarded. */
  get gaps(): readonly string[] {
    return this.unplayed;
  }

  /** Certificates that are taken for granted; see {@link BalancerCertificates}. */
  get assumedCertificates(): readonly string[] {
    return this.certificates.assumed;
  }

  /** URL of a listener by its ARN; undefined where there is none. */
  listenerUrl(arn: string): string | undefined {
    for (const { balancer, listeners } of this.state.balancers) {
      const found = listeners.find(({ listener }) => listener.ListenerArn === arn)?.listener;
      if (found !== undefined) {
        const scheme = ["HTTPS", "TLS"].includes(found.Protocol ?? "") ? "https" : "http";
        return `${scheme}://${balancer.DNSName}:${found.Port}`;
      }
    }
    return undefined;
  }

  get reachable(): readonly ReachableBalancer[] {
    return this.state.balancers.map(({ balancer }) => ({
      hostname: balancer.DNSName ?? "",
      addresses: this.addresses.get(balancer.LoadBalancerArn ?? "") ?? [],
    }));
  }

  /** Whether the checks of a target group's balancers find a target healthy; undefined where none of them asks. */
  isHealthy(targetGroupArn: string, id: string, port: number): boolean | undefined {
    const group = this.state.groups.find((each) => each.group.TargetGroupArn === targetGroupArn);
    if (group === undefined) {
      return undefined;
    }
    const names = this.state.balancers.map(({ balancer }) => backendName(balancer.LoadBalancerName, group));
    const found = this.proxy.health.filter(
      ({ backend, server }) => names.includes(backend) && server === serverName(id, port),
    );
    return found.length === 0 ? undefined : found.some(({ isUp }) => isUp);
  }

  async stop(): Promise<void> {
    await this.looking.stop();
    await this.proxy.stop();
  }

  private async look(): Promise<void> {
    const vpc = await readVpc(this.ec2);
    this.state = await readBalancing(this.balancing);
    this.addresses = this.assigned.assign(this.state.balancers, vpc.subnets);
    await this.certificates.follow(this.state);
    const { network } = this.props;
    await network.setBalancerAddresses([...this.addresses.values()].flat().map(({ privateAddress }) => privateAddress));
    await network.setRules(
      firewallRules({
        groups: vpc.groups,
        interfaces: [
          ...vpc.interfaces,
          ...this.balancerInterfaces(),
          ...(await this.clusterInterfaces()),
          this.gatewayInterface(),
        ],
        publicAddresses: translated(this.addresses),
        exempt: [{ from: amazonAddresses.gateway, to: this.openToPrivateLink() }],
        amazon: [
          amazonAddresses.publicKubernetes,
          amazonAddresses.registry,
          amazonAddresses.api,
          amazonAddresses.gateway,
          amazonAddresses.resolver,
          network.resolver,
        ],
      }),
    );
    const { text, gaps } = haproxyConfiguration(this.state, {
      statisticsSocket: this.socketPath,
      addresses: (arn) => (this.addresses.get(arn) ?? []).map(({ privateAddress }) => privateAddress),
      certificate: (arn) => this.certificates.file(arn),
      targetAddress: (id) => targetAddress(id, vpc),
    });
    this.unplayed = gaps;
    await this.proxy.configure(text);
    await this.proxy.look();
  }

  private openToPrivateLink(): readonly string[] {
    return this.state.balancers
      .filter(({ balancer }) => balancer.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic === "off")
      .flatMap(({ balancer }) => this.addresses.get(balancer.LoadBalancerArn ?? "") ?? [])
      .map(({ privateAddress }) => privateAddress);
  }

  private balancerInterfaces(): readonly NetworkInterface[] {
    return this.state.balancers.map(({ balancer: { LoadBalancerArn = "", SecurityGroups = [] } }, index) => ({
      name: `balancer_${index}`,
      addresses: (this.addresses.get(LoadBalancerArn) ?? []).map(({ privateAddress }) => privateAddress),
      groups: SecurityGroups,
    }));
  }

  /** All VPC links of HTTP APIs are one here: with the groups of each of them. */
  private gatewayInterface(): NetworkInterface {
    return { name: "gateway", addresses: [amazonAddresses.gateway], groups: this.props.gatewaySecurityGroups() };
  }

  /** The control plane's way into the VPC has the cluster's security group. */
  private async clusterInterfaces(): Promise<readonly NetworkInterface[]> {
    const group = await this.props.clusterSecurityGroup();
    return [{ name: "cluster", addresses: [amazonAddresses.kubernetes], groups: group === undefined ? [] : [group] }];
  }
}

function targetAddress(id: string, { instances }: VpcState): string | undefined {
  return id.startsWith("i-") ? instances.get(id) : id;
}
