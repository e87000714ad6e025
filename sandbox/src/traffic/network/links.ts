/** The address under which every namespace knows the router; routes need one, nobody speaks to it. */
const router = "169.254.0.1";

/** A namespace's way to the router of the VPC. */
export interface Link {
  readonly namespace: string;
  /** Name of the router's end, at most 15 characters. */
  readonly interfaceName: string;
  /** Addresses that the namespace has itself. */
  readonly addresses: readonly string[];
  /** Networks behind the first of them; `default` is every one that is nowhere else. */
  readonly networks?: readonly string[];
}

/**
 * The commands for `ip -batch` that join a namespace to the router, in the router's namespace and in its own. Both ends are
 * routed, none is bridged: so that no two of them can speak past the router, where security groups are held.
 */
export function linkCommands(link: Link): { readonly router: readonly string[]; readonly own: readonly string[] } {
  const { namespace, interfaceName, addresses, networks = [] } = link;
  return {
    router: [
      `link add ${interfaceName} type veth peer name eth0 netns ${namespace}`,
      `address add ${router}/32 dev ${interfaceName}`,
      `link set ${interfaceName} up`,
      ...addresses.map((address) => `route replace ${address}/32 dev ${interfaceName}`),
      ...networks.map((network) => `route replace ${network} via ${addresses[0]} dev ${interfaceName} onlink`),
    ],
    own: [
      ...addresses.map((address) => `address add ${address}/32 dev eth0`),
      "link set eth0 up",
      `route add ${router} dev eth0`,
      // Without a source it would be the lowest address, which a balancer must not use for another.
      `route add default via ${router} dev eth0${addresses[0] === undefined ? "" : ` src ${addresses[0]}`}`,
    ],
  };
}
