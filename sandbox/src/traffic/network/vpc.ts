import { amazonAddresses, internetClient, vpcResolver } from "../addresses";
import { linkCommands } from "./links";
import { addNamespace, deleteNamespaces, type NamespaceNames, namespaceNames, runIn } from "./namespaces";

/** The network of a sandbox: a router, and what is joined to it. */
export class VpcNetwork {
  private routes: readonly string[] = [];
  private rules = "";

  private constructor(
    private readonly sandbox: string,
    readonly names: NamespaceNames,
    readonly resolver: string,
  ) {}

  /** @throws Error when a network of the same name is there */
  static async start(sandbox: string, vpcCidr: string): Promise<VpcNetwork> {
    const names = namespaceNames(sandbox);
    const network = new VpcNetwork(sandbox, names, vpcResolver(vpcCidr));
    await addNamespace(names.vpc);
    const amazon = [...Object.values(amazonAddresses), network.resolver];
    await network.join(names.services, "services", amazon);
    await network.join(names.balancers, "balancers", []);
    await network.join(names.internet, "internet", [internetClient], ["default"]);
    return network;
  }

  /** Lets a namespace have addresses, as network interfaces of balancers do, and no others than these. */
  async setBalancerAddresses(addresses: readonly string[]): Promise<void> {
    const { balancers, vpc } = this.names;
    const gone = this.routes.filter((address) => !addresses.includes(address));
    const added = addresses.filter((address) => !this.routes.includes(address));
    await runIn(
      balancers,
      "ip",
      ["-batch", "-"],
      lines([
        ...gone.map((address) => `address delete ${address}/32 dev lo`),
        ...added.map((address) => `address add ${address}/32 dev lo`),
      ]),
    );
    await runIn(
      vpc,
      "ip",
      ["-batch", "-"],
      lines([
        ...gone.map((address) => `route delete ${address}/32 dev balancers`),
        ...added.map((address) => `route add ${address}/32 dev balancers`),
      ]),
    );
    this.routes = [...addresses];
  }

  /** @param rules of {@link firewallRules}; they replace the ones before at once */
  async setRules(rules: string): Promise<void> {
    if (rules !== this.rules) {
      await runIn(this.names.vpc, "nft", ["-f", "-"], rules);
      this.rules = rules;
    }
  }

  async stop(): Promise<void> {
    await deleteNamespaces(this.sandbox);
  }

  private async join(
    namespace: string,
    interfaceName: string,
    addresses: readonly string[],
    networks: readonly string[] = [],
  ): Promise<void> {
    await addNamespace(namespace);
    const commands = linkCommands({ namespace, interfaceName, addresses, networks });
    await runIn(this.names.vpc, "ip", ["-batch", "-"], lines(commands.router));
    await runIn(namespace, "ip", ["-batch", "-"], lines(commands.own));
  }
}

const lines = (commands: readonly string[]) => commands.map((command) => `${command}\n`).join("");
