import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import { sdkOptions } from "../aws/sdk";
import type { Aws } from "../aws/start";
import type { HostedNode, NodeHost } from "../cloud-nodes";
import type { SandboxFolder } from "../folder";
import type { ControlPlane } from "../kubernetes/control-plane";
import { kubeConfigOf } from "../kubernetes/kubeconfig";
import type { SandboxPlan } from "../plan";
import { amazonAddresses } from "./addresses";
import { startAmazonServices } from "./amazon-services";
import { ApiGateway } from "./api-gateway/api-gateway";
import { Balancers } from "./balancers/balancers";
import { BlobStore } from "./images/image";
import { staticProgram } from "./images/recipes";
import { type Registry, startRegistry } from "./images/registry";
import { ImageSupply } from "./images/supply";
import { outsideKubeconfig, resolverFile } from "./inside";
import { clusterDnsImage, installClusterDns } from "./names/cluster-dns";
import { cachedCoredns } from "./names/coredns";
import { Names } from "./names/names";
import type { AmazonNames } from "./names/zones";
import { holdPolicies } from "./network/policy-holder";
import { relayToLoopback } from "./network/relays";
import { VpcNetwork } from "./network/vpc";
import { cachedNodePrograms } from "./node/programs";
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

  async start({ aws, controlPlane, plan, onError }: TrafficStart): Promise<void> {
    const { home, endings } = this;
    const programs = cachedNodePrograms();
    if (programs === undefined) {
      throw new Error(
        "the node's programs are not built; `sandbox up --traffic` builds them before it starts a keeper.",
      );
    }
    const coredns = cachedCoredns();
    if (coredns === undefined) {
      throw new Error("CoreDNS is not built; `sandbox up --traffic` builds it before it starts a keeper.");
    }
    const network = await VpcNetwork.start(this.folder.name, this.plan.vpcCidr);
    endings.push(() => network.stop());
    writeFileSync(resolverFile(this.folder), `nameserver ${network.resolver}\n`);
    const apiPort = Number(new URL(controlPlane.server).port);
    const sockets = { kubernetes: join(home, "kubernetes.sock"), api: join(home, "aws.sock") };
    const relays = [
      await relayToLoopback(sockets.kubernetes, apiPort),
      await relayToLoopback(sockets.api, Number(new URL(aws.endpoint).port)),
    ];
    endings.push(async () => {
      await Promise.all(relays.map((relay) => relay.close()));
    });
    const authority = join(this.folder.root, "authority");
    const { region, clusterName, accountId, principalArn } = plan;
    const gateway = await ApiGateway.start({
      aws,
      region,
      accountId,
      principalArn,
      folder: home,
      authority,
      resolver: network.resolver,
      listener: (arn) => this.balancers?.listenerUrl(arn),
      onError,
    });
    endings.push(() => gateway.stop());
    const services = startAmazonServices(
      network.names.services,
      home,
      [
        { name: "kubernetes", address: amazonAddresses.kubernetes, port: apiPort, socketPath: sockets.kubernetes },
        {
          name: "public-kubernetes",
          address: amazonAddresses.publicKubernetes,
          port: apiPort,
          socketPath: sockets.kubernetes,
        },
        { name: "registry", address: amazonAddresses.registry, port: 80, socketPath: join(home, "registry.sock") },
        { name: "aws", address: amazonAddresses.api, port: 80, socketPath: sockets.api },
      ],
      gateway.proxyConfiguration,
    );
    endings.push(() => services.stop());
    this.images = await ImageSupply.start({
      // Those of others are there; the account's own are pushed by a pipeline, which may be left out.
      wanted: this.plan.images.filter(({ kind }) => kind === "public" || process.env["SANDBOX_IMAGES"] !== "none"),
      amazon: { [clusterDnsImage]: staticProgram("coredns", coredns) },
      store: this.store,
      registry: this.registry,
      awsEndpoint: aws.endpoint,
      region,
      onError,
    });
    const supply = this.images;
    endings.push(() => supply.stop());
    const kubeconfigAt = (address: string) =>
      kubeConfigOf({
        ...controlPlane.administrator,
        name: "sandbox",
        server: `https://${address}:${apiPort}`,
      }).exportConfig();
    writeFileSync(outsideKubeconfig(this.folder), kubeconfigAt(amazonAddresses.publicKubernetes), { mode: 0o600 });
    const nodes = new RealNodes({
      sandbox: this.folder.name,
      folder: join(home, "nodes"),
      network,
      programs,
      kubeconfig: kubeconfigAt(amazonAddresses.kubernetes),
      caCertificate: controlPlane.caCertificate,
    });
    this.nodes = nodes;
    endings.push(() => nodes.stop());
    const policies = holdPolicies({ api: controlPlane.api, namespaces: () => nodes.namespaces, onError });
    endings.push(() => policies.stop());
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
      folder: home,
      authority,
      onError,
    });
    this.balancers = balancers;
    aws.setTargetHealth((arn, id, port) => balancers.isHealthy(arn, id, port));
    endings.push(() => balancers.stop());
    const names = new Names({
      program: coredns,
      network,
      folder: join(home, "names"),
      awsEndpoint: aws.endpoint,
      region,
      amazon: () => new Map([...amazonNames(balancers), ...gateway.names]),
      onError,
    });
    endings.push(() => names.stop());
    const clusterDns = installClusterDns({
      api: controlPlane.api,
      awsEndpoint: aws.endpoint,
      region,
      clusterName,
      onError,
    });
    endings.push(() => clusterDns.stop());
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

  async stop(): Promise<void> {
    for (const end of [...this.endings].reverse()) {
      await end();
    }
  }
}

/** A balancer that faces the internet has its public addresses inside the VPC too. */
function amazonNames(balancers: Balancers): AmazonNames {
  return new Map(
    balancers.reachable.map(({ hostname, addresses }) => [
      hostname.toLowerCase(),
      addresses.map(({ privateAddress, publicAddress }) => publicAddress ?? privateAddress),
    ]),
  );
}
