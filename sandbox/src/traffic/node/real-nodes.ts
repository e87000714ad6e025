import { join } from "node:path";
import type { HostedNode } from "../../kubernetes/instance-node";
import { amazonAddresses, clusterDns } from "../addresses";
import type { VpcNetwork } from "../network/vpc";
import { removeCgroups, sandboxCgroup } from "./cgroups";
import type { NodePrograms } from "./programs";
import { RealNode } from "./real-node";

export interface RealNodesProps {
  readonly sandbox: string;
  readonly folder: string;
  readonly network: VpcNetwork;
  readonly programs: NodePrograms;
  /** With which kubelets reach the API server from inside the VPC. */
  readonly kubeconfig: string;
  readonly caCertificate: string;
}

/** The nodes of a sandbox whose pods run. */
export class RealNodes {
  private readonly nodes = new Map<string, RealNode>();
  private started = 0;

  constructor(private readonly props: RealNodesProps) {}

  get names(): ReadonlySet<string> {
    return new Set(this.nodes.keys());
  }

  get states(): readonly { readonly name: string; readonly state: string }[] {
    return [...this.nodes].map(([name, node]) => ({ name, state: node.ended ?? "runs" }));
  }

  /** Network namespaces of those that run. */
  get namespaces(): readonly string[] {
    return [...this.nodes.values()].map(({ namespace }) => namespace);
  }

  async start({ name, address, podCidr, providerId }: HostedNode): Promise<void> {
    const { sandbox, folder, network, programs, kubeconfig, caCertificate } = this.props;
    this.started += 1;
    const index = this.started;
    const node = await RealNode.start({
      programs,
      namespace: network.names.node(index),
      router: { namespace: network.names.vpc, interfaceName: `node${index}` },
      configuration: {
        name,
        address,
        podCidr,
        providerId,
        folder: join(folder, String(index)),
        cgroup: `/${sandboxCgroup(sandbox)}/node${index}`,
        registry: `http://${amazonAddresses.registry}`,
        resolver: network.resolver,
        clusterDns,
        kubeconfig,
        caCertificate,
      },
    });
    this.nodes.set(name, node);
  }

  async end(name: string): Promise<void> {
    await this.nodes.get(name)?.stop();
    this.nodes.delete(name);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.nodes.keys()].map((name) => this.end(name)));
    await removeCgroups(this.props.sandbox);
  }
}
