import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Partition } from "../aws/schema";
import { assertNever } from "../schema/assert-never";
import { chosenServices, InterfaceEndpoints, s3GatewayServiceName } from "./endpoints";
import { FlowLogs } from "./flow-logs";
import { makeNatGateways } from "./nat-gateways";
import { RoutedSubnet, Routes } from "./routes";
import type { NetworkOptions } from "./schema";
import { planSubnets } from "./subnets";

type CreateOptions = Extract<NetworkOptions, { kind: "create" }>;

/** What the rest of the platform knows of its VPC, whoever made it. */
export interface NetworkFacts {
  readonly vpcId: string;
  /** IPv4 network of the VPC. */
  readonly cidr: string;
  /** One a zone, in the order of the zones. */
  readonly publicSubnetIds: readonly string[];
  /** One a zone, in the order of the zones. */
  readonly privateSubnetIds: readonly string[];
  /**
   * What must be there before a node in a private subnet reaches anything, and must outlive it: a subnet's id alone says
   * nothing of its routes. For `dependsOn`; empty where another team owns the VPC.
   */
  readonly ready: readonly ITerraformDependable[];
}

export interface NetworkProps<Options extends NetworkOptions = NetworkOptions> {
  /** Prefix of names in AWS. */
  readonly environmentName: string;
  /** Cluster that the subnets are tagged for. */
  readonly clusterName: string;
  readonly aws: { readonly region: string; readonly accountId: string; readonly partition: Partition };
  readonly network: Options;
}

/** The environment's VPC: its own, made here, or an existing one, of which nothing is touched. */
export function makeNetwork(scope: Construct, id: string, props: NetworkProps): NetworkFacts {
  const { network: options } = props;
  switch (options.kind) {
    case "create":
      return new Network(scope, id, { ...props, network: options });
    case "existing": {
      const { vpcId, cidr, publicSubnetIds, privateSubnetIds } = options;
      return { vpcId, cidr, publicSubnetIds, privateSubnetIds, ready: [] };
    }
    default:
      return assertNever("kind of network", options);
  }
}

/** A VPC with a public and a private subnet a zone. Nothing in it has a public address but NAT and load balancers. */
export class Network extends Construct implements NetworkFacts {
  readonly vpcId: string;
  readonly cidr: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly ready: readonly ITerraformDependable[];
  private readonly environmentName: string;

  constructor(scope: Construct, id: string, props: NetworkProps<CreateOptions>) {
    super(scope, id);
    const { environmentName, aws, network: options } = props;
    this.environmentName = environmentName;
    const vpc = new Vpc(this, "Resource", {
      cidrBlock: options.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: environmentName },
    });
    this.vpcId = vpc.id;
    this.cidr = options.cidr;
    // Lists that are absent would leave later changes alone; empty ones are kept empty.
    new DefaultSecurityGroup(this, "default", { vpcId: vpc.id, ingress: [], egress: [], tags: this.named("default") });
    const internet = new InternetGateway(this, "internet", { vpcId: vpc.id, tags: { Name: environmentName } });

    const plan = planSubnets(options.cidr, options.zones);
    const clusterTag = { [`kubernetes.io/cluster/${props.clusterName}`]: "shared" };
    const publicRoutes = new Routes(this, "public", {
      vpcId: vpc.id,
      name: `${environmentName}-public`,
      defaultRoute: { kind: "internet", gatewayId: internet.id },
    });
    const publicSubnets = plan.map(({ zone, publicCidr }) => ({
      zone,
      subnet: new RoutedSubnet(this, `public_${zone}`, {
        vpcId: vpc.id,
        cidr: publicCidr,
        availabilityZone: `${aws.region}${zone}`,
        routes: publicRoutes,
        tags: { ...this.named(`public-${zone}`), "kubernetes.io/role/elb": "1", ...clusterTag },
      }),
    }));

    const wayOut = makeNatGateways(this, {
      environmentName,
      nat: options.nat,
      publicSubnets,
      internetGateway: internet,
    });
    const privateTables = new Construct(this, "private");
    const privateSubnets = plan.map(({ zone, privateCidr }) => {
      const routes = new Routes(privateTables, zone, {
        vpcId: vpc.id,
        name: `${environmentName}-private-${zone}`,
        defaultRoute: wayOut(zone),
      });
      const subnet = new RoutedSubnet(this, `private_${zone}`, {
        vpcId: vpc.id,
        cidr: privateCidr,
        availabilityZone: `${aws.region}${zone}`,
        routes,
        tags: { ...this.named(`private-${zone}`), "kubernetes.io/role/internal-elb": "1", ...clusterTag },
      });
      return { subnet, routes };
    });
    this.publicSubnetIds = publicSubnets.map(({ subnet }) => subnet.subnetId);
    this.privateSubnetIds = privateSubnets.map(({ subnet }) => subnet.subnetId);

    const s3 = new VpcEndpoint(this, "s3", {
      vpcId: vpc.id,
      vpcEndpointType: "Gateway",
      serviceName: s3GatewayServiceName(aws.region),
      routeTableIds: [publicRoutes, ...privateSubnets.map(({ routes }) => routes)].map((routes) => routes.routeTableId),
      tags: this.named("s3"),
    });
    const services = chosenServices(options.interfaceEndpoints);
    const interfaces =
      services.length === 0
        ? []
        : new InterfaceEndpoints(this, "endpoints", {
            environmentName,
            region: aws.region,
            vpcId: vpc.id,
            vpcCidr: options.cidr,
            subnetIds: this.privateSubnetIds,
            services,
          }).endpoints;
    this.ready = [...privateSubnets.map(({ subnet }) => subnet.ready), s3, ...interfaces];

    const { flowLogs } = options;
    if (flowLogs.kind === "on") {
      const { retentionDays, traffic } = flowLogs;
      new FlowLogs(this, "flow_logs", { environmentName, aws, vpcId: vpc.id, retentionDays, traffic });
    }
  }

  private named(suffix: string): { readonly Name: string } {
    return { Name: `${this.environmentName}-${suffix}` };
  }
}
