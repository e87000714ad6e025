import { type Block, blocks, type EnvironmentJson, placeOf } from "../terraform-json/environment-json";
import { mapAt, textAt, textsAt } from "../terraform-json/json";
import type { References } from "../terraform-json/references";
import type { Origin, Passage } from "./way";

/** A subnet that the cluster stack makes. */
interface Subnet {
  readonly block: Block;
  readonly place: string;
  readonly role: "public" | "private" | "other";
  readonly cidr: string;
  /** Route to an internet gateway; undefined without one. */
  readonly internetRoute: Block | undefined;
}

/** VPC, subnets and their routes, as far as the environment makes them. */
export class Network {
  readonly subnets: readonly Subnet[];
  /** IPv4 network of the VPC; undefined where it is not in the JSON. */
  readonly vpcCidr: string | undefined;

  constructor(
    private readonly environment: EnvironmentJson,
    private readonly references: References,
  ) {
    const routes = this.internetRoutes();
    this.subnets = blocks(environment, "aws_subnet").map((block) => this.subnet(block, routes));
    const cidr = references.text("${data.terraform_remote_state.cluster.outputs.vpc_cidr}");
    this.vpcCidr = cidr.startsWith("${") ? undefined : cidr;
  }

  /** Whether subnets are this environment's own; otherwise nothing of them can be seen. */
  get made(): boolean {
    return this.subnets.length > 0;
  }

  /** Networks that an internal load balancer answers. */
  get inside(): Origin {
    return { kind: "vpc", cidr: this.vpcCidr };
  }

  /** Where the load balancer controller puts a load balancer, and what comes in there. */
  forLoadBalancer(internetFacing: boolean): { readonly passages: readonly Passage[]; readonly found: boolean } {
    if (!this.made) {
      return {
        found: true,
        passages: [
          { kind: "subnet-route", lets: true, says: "subnets of a VPC made elsewhere; their routes are not seen here" },
        ],
      };
    }
    const subnets = this.subnets.filter(({ role }) => role === (internetFacing ? "public" : "private"));
    return { found: subnets.length > 0, passages: subnets.map((subnet) => this.passage(subnet, internetFacing)) };
  }

  /** The same for subnets that a resource names. */
  forSubnets(blocksOfSubnets: readonly Block[], internetFacing: boolean): readonly Passage[] {
    const places = blocksOfSubnets.map(placeOf);
    return this.subnets
      .filter(({ place }) => places.includes(place))
      .map((subnet) => this.passage(subnet, internetFacing));
  }

  private passage({ place, cidr, internetRoute }: Subnet, internetFacing: boolean): Passage {
    if (!internetFacing) return { kind: "subnet-route", lets: true, place, says: `${cidr}, routed within the VPC` };
    return internetRoute === undefined
      ? { kind: "subnet-route", lets: false, place, says: `${cidr} has no route to an internet gateway` }
      : { kind: "subnet-route", lets: true, place: placeOf(internetRoute), says: `${cidr}, routed from the internet` };
  }

  private subnet(block: Block, internetRoutes: ReadonlyMap<string, Block>): Subnet {
    const tags = mapAt(block.arguments, "tags");
    return {
      block,
      place: placeOf(block),
      role:
        tags["kubernetes.io/role/elb"] === "1"
          ? "public"
          : tags["kubernetes.io/role/internal-elb"] === "1"
            ? "private"
            : "other",
      cidr: textAt(block.arguments, "cidr_block") ?? "",
      internetRoute: internetRoutes.get(placeOf(block)),
    };
  }

  /** Routes from the internet by the place of the subnet that has them; read once, for there may be many subnets. */
  private internetRoutes(): ReadonlyMap<string, Block> {
    const byTable = new Map<string, Block>();
    for (const route of blocks(this.environment, "aws_route")) {
      const table = this.placeNamed(route, "route_table_id");
      const gateway = this.references.blockOf(route.stack, route.arguments["gateway_id"]);
      const to =
        textAt(route.arguments, "destination_cidr_block") ?? textAt(route.arguments, "destination_ipv6_cidr_block");
      const everywhere = to === "0.0.0.0/0" || to === "::/0";
      if (!everywhere || gateway?.type !== "aws_internet_gateway" || table === undefined || byTable.has(table))
        continue;
      byTable.set(table, route);
    }
    const bySubnet = new Map<string, Block>();
    for (const association of blocks(this.environment, "aws_route_table_association")) {
      const subnet = this.placeNamed(association, "subnet_id");
      const route = byTable.get(this.placeNamed(association, "route_table_id") ?? "");
      if (subnet !== undefined && route !== undefined && !bySubnet.has(subnet)) bySubnet.set(subnet, route);
    }
    return bySubnet;
  }

  private placeNamed(block: Block, argument: string): string | undefined {
    const found = this.references.blockOf(block.stack, block.arguments[argument]);
    return found === undefined ? undefined : placeOf(found);
  }
}

/** Arguments of the VPC's part of a cluster. */
export function endpointOf(cluster: Block): {
  readonly isPublic: boolean;
  readonly isPrivate: boolean;
  readonly cidrs: readonly string[];
} {
  const { arguments: given } = cluster;
  return {
    // EKS's own default is public and open.
    isPublic: textAt(given, "vpc_config", "endpoint_public_access") !== "false",
    isPrivate: textAt(given, "vpc_config", "endpoint_private_access") === "true",
    cidrs: textsAt(given, "vpc_config", "public_access_cidrs"),
  };
}
