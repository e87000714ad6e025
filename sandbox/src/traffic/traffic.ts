import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import { sdkOptions } from "../aws/sdk";
import type { Aws } from "../aws/start";
import type { NodeHost } from "../cloud-nodes";
import type { SandboxFolder } from "../folder";
import type { ControlPlane } from "../kubernetes/control-plane";
import type { HostedNode } from "../kubernetes/instance-node";
import { kubeConfigOf } from "../kubernetes/kubeconfig";
import type { SandboxPlan } from "../plan";
import { amazonAddresses } from "./addresses";
import { startAmazonServices } from "./amazon-services";
import { ApiGateway } from "./api-gateway/api-gateway";
import { Balancers } from "./balancers/balancers";
import { type BuiltPrograms, builtPrograms } from "./built-programs";
import { BlobStore } from "./images/image";
import { staticProgram } from "./images/recipes";
import { type Registry, startRegistry } from "./images/registry";
import { ImageSupply } from "./images/supply";
import { outsideKubeconfig, resolverFile } from "./inside";
import { clusterDnsImage, installClusterDns } from "./names/cluster-dns";
import { Names } from "./names/names";
import type { AmazonNames } from "./names/zones";
import { holdPolicies } from "./network/policy-holder";
import { relayToLoopback } from "./network/relays";
import { VpcNetwork } from "./network/vpc";
import { RealNodes } from "./node/real-nodes";
import type { TrafficPlan } from "./plan";
import { type Placement, startPlacement } from "./scheduling/placement";

type Ending = () => Promise<void>;

export interface TrafficStart {
  readonly aws: Aws;
  readonly controlPlane: ControlPlane;
  readonly plan: SandboxPlan;
  readonly onError: (error: unknown) => void;
}

/** Everything that lets requests pass: nodes that run pods, images, load balancers that forward. */
export class Traffic {
  private nodes: RealNodes | undefined;
  private balancers: Balancers | undefined;
  private images: ImageSupply | undefined;
  private readonly endings: Ending[] = [];

  private constructor(
    private readonly folder: SandboxFolder,
    private readonly home: string,
    private readonly plan: TrafficPlan,
    private readonly store: BlobStore,
    private readonly registry: Registry,
    readonly placement: Placement,
  ) {}

  /** What has to be there before the control plane is: where its scheduler asks. */
  static async prepare(folder: SandboxFolder, plan: TrafficPlan): Promise<Traffic> {
    const home = join(folder.root, "traffic");
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const store = new BlobStore(join(home, "blobs"));
    const registry = await startRegistry(join(home, "registry.sock"), store);
    let traffic: Traffic | undefined;
    const placement = await startPlacement({
      realNodes: () => traffic?.nodes?.names ?? new Set(),
      runsForReal: (image) => registry.has(image) || /^\d{12}\.dkr\.ecr\./.test(image),
    });
    traffic = new Traffic(folder, home, plan, store, registry, placement);
    traffic.endings.push(
      () => registry.close(),
      () => placement.close(),
    );
    return traffic;
  }

  async start(start: TrafficStart): Promise<void> {
    const { folder, endings } = this;
    const programs = builtPrograms();
    const network = await VpcNetwork.start(folder.name, this.plan.vpcCidr);
    endings.push(() => network.stop());
    writeFileSync(resolverFile(folder), `nameserver ${network.resolver}\n`);
    const gateway = await this.startGateway(start, network);
    await this.startAmazonServices(start, network, gateway);
    await this.supplyImages(start, programs);
    this.startNodes(start, network, programs);
    const balancers = this.startBalancers(start, network, gateway);
    this.startNames(start, network, programs, () => new Map([...amazonNames(balancers), ...gateway.names]));
  }

  private get authority(): string {
    return join(this.folder.root, "authority");
  }

  private async startGateway({ aws, plan, onError }: TrafficStart, network: VpcNetwork): Promise<ApiGateway> {
    const { region, accountId, principalArn } = plan;
    const gateway = await ApiGateway.start({
      aws,
      region,
      accountId,
      principalArn,
      folder: this.home,
      authority: this.authority,
      resolver: network.resolver,
      listener: (arn) => this.balancers?.listenerUrl(arn),
      onError,
    });
    this.endings.push(() => gateway.stop());
    return gateway;
  }

  /** What of this machine is reached inside the VPC: the cluster's API, the AWS API, images, API Gateway. */
  private async startAmazonServices(
    { aws, controlPlane }: TrafficStart,
    network: VpcNetwork,
    gateway: ApiGateway,
  ): Promise<void> {
    const { home, endings } = this;
    const apiPort = portOf(controlPlane.server);
    const kubernetes = join(home, "kubernetes.sock");
    const api = join(home, "aws.sock");
    for (const relay of [
      await relayToLoopback(kubernetes, apiPort),
      await relayToLoopback(api, portOf(aws.endpoint)),
    ]) {
      endings.push(() => relay.close());
    }
    const { kubernetes: inside, publicKubernetes: outside, registry, api: awsApi } = amazonAddresses;
    const services = startAmazonServices(
      network.names.services,
      home,
      [
        { name: "kubernetes", address: inside, port: apiPort, socketPath: kubernetes },
        { name: "public-kubernetes", address: outside, port: apiPort, socketPath: kubernetes },
        { name: "registry", address: registry, port: 80, socketPath: join(home, "registry.sock") },
        { name: "aws", address: awsApi, port: 80, socketPath: api },
      ],
      gateway.proxyConfiguration,
    );
    endings.push(() => services.stop());
  }

  private async supplyImages({ aws, plan, onError }: TrafficStart, { coredns }: BuiltPrograms): Promise<void> {
    const supply = await ImageSupply.start({
      // Those of others are there; the account's own are pushed by a pipeline, which may be left out.
      wanted: this.plan.images.filter(({ kind }) => kind === "public" || process.env["SANDBOX_IMAGES"] !== "none"),
      amazon: { [clusterDnsImage]: staticProgram("coredns", coredns) },
      store: this.store,
      registry: this.registry,
      awsEndpoint: aws.endpoint,
      region: plan.region,
      onError,
    });
    this.images = supply;
    this.endings.push(() => supply.stop());
  }

  private startNodes({ controlPlane, onError }: TrafficStart, network: VpcNetwork, programs: BuiltPrograms): void {
    const port = portOf(controlPlane.server);
    const kubeconfigAt = (address: string) =>
      kubeConfigOf({
        ...controlPlane.administrator,
        name: "sandbox",
        server: `https://${address}:${port}`,
      }).exportConfig();
    writeFileSync(outsideKubeconfig(this.folder), kubeconfigAt(amazonAddresses.publicKubernetes), { mode: 0o600 });
    const nodes = new RealNodes({
      sandbox: this.folder.name,
      folder: join(this.home, "nodes"),
      network,
      programs: programs.node,
      kubeconfig: kubeconfigAt(amazonAddresses.kubernetes),
      caCertificate: controlPlane.caCertificate,
    });
    this.nodes = nodes;
    this.endings.push(() => nodes.stop());
    const policies = holdPolicies({ api: controlPlane.api, namespaces: () => nodes.namespaces, onError });
    this.endings.push(() => policies.stop());
  }

  private startBalancers({ aws, plan, onError }: TrafficStart, network: VpcNetwork, gateway: ApiGateway): Balancers {
    const { region, clusterName } = plan;
    const eks = new EKSClient(sdkOptions(aws.endpoint, region));
    const balancers = new Balancers({
      network,
      awsEndpoint: aws.endpoint,
      region,
      clusterSecurityGroup: async () => {
        const described = await eks.send(new DescribeClusterCommand({ name: clusterName })).catch(() => undefined);
        return described?.cluster?.resourcesVpcConfig?.clusterSecurityGroupId;
      },
      gatewaySecurityGroups: () => gateway.securityGroups,
      folder: this.home,
      authority: this.authority,
      onError,
    });
    this.balancers = balancers;
    aws.setTargetHealth((arn, id, port) => balancers.isHealthy(arn, id, port));
    this.endings.push(() => balancers.stop());
    return balancers;
  }

  private startNames(
    { aws, controlPlane, plan, onError }: TrafficStart,
    network: VpcNetwork,
    { coredns }: BuiltPrograms,
    amazon: () => AmazonNames,
  ): void {
    const { region, clusterName } = plan;
    const awsEndpoint = aws.endpoint;
    const folder = join(this.home, "names");
    const names = new Names({ program: coredns, network, folder, awsEndpoint, region, amazon, onError });
    this.endings.push(() => names.stop());
    const clusterDns = installClusterDns({ api: controlPlane.api, awsEndpoint, region, clusterName, onError });
    this.endings.push(() => clusterDns.stop());
  }

  /** Runs the pods of nodes, once {@link start} has passed. */
  readonly host: NodeHost = {
    start: async (node: HostedNode) => this.nodes?.start(node),
    stop: async (name: string) => this.nodes?.end(name),
  };

  /** Whether the pods of a node run, rather than be played. */
  runsPodsOf(node: string): boolean {
    return this.nodes?.names.has(node) ?? false;
  }

  get report() {
    return {
      nodes: [...(this.nodes?.states ?? [])],
      images: [...this.registry.references],
      missingImages: [...(this.images?.missing ?? [])],
      gaps: [...(this.balancers?.gaps ?? [])],
      assumedCertificates: [...(this.balancers?.assumedCertificates ?? [])],
    };
  }

  /** @throws AggregateError of what could not be ended; everything else is */
  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (const end of [...this.endings].reverse()) {
      await end().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) {
      throw new AggregateError(failures, failures.map(String).join("\n"));
    }
  }
}

const portOf = (url: string) => Number(new URL(url).port);

/** A balancer that faces the internet has its public addresses inside the VPC too. */
function amazonNames(balancers: Balancers): AmazonNames {
  return new Map(
    balancers.reachable.map(({ hostname, addresses }) => [
      hostname.toLowerCase(),
      addresses.map(({ privateAddress, publicAddress }) => publicAddress ?? privateAddress),
    ]),
  );
}
