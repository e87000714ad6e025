import { cluster, environment, existingNetwork, type WrongEnvironment, workload } from "../fixtures";

const plainHttp = { reason: "Nothing that is secret goes through it." };

export const wrongNetworkRules: readonly WrongEnvironment[] = [
  {
    rule: "Services have addresses of their own",
    environment: environment({ network: { kind: "create", cidr: "172.20.0.0/16" } }),
    reported: [
      [
        "cluster.serviceCidr",
        '"172.20.0.0/16"',
        "It overlaps the VPC's 172.20.0.0/16, and EKS refuses Services with addresses of the VPC.",
        'Write `serviceCidr: "10.100.0.0/16"`, or give the VPC another network.',
      ],
    ],
  },
  {
    rule: "a subnet is public or private",
    environment: environment(existingNetwork(["subnet-0aaaaaaaaaaaaaaa1"])),
    reported: [
      [
        "network.publicSubnetIds[0]",
        '"subnet-0aaaaaaaaaaaaaaa1"',
        "It is among the private subnets too, and a subnet either has a route to the internet gateway or has not.",
        "Take it out of the list where it does not belong.",
      ],
    ],
  },
  {
    rule: "nodes without NAT reach AWS",
    environment: environment({ network: { kind: "create", nat: "none" } }),
    reported: [
      [
        "network.interfaceEndpoints",
        '"none"',
        "Without NAT the nodes reach AWS through interface endpoints alone; ec2, ecr.api, ecr.dkr, eks, eks-auth, elasticloadbalancing, logs and sts are missing.",
        'Write `interfaceEndpoints: "private-cluster"`, the set that such a cluster needs.',
      ],
    ],
  },
  {
    rule: "nodes without NAT reach every service they need",
    environment: environment({
      network: {
        kind: "create",
        nat: "none",
        interfaceEndpoints: ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "elasticloadbalancing", "logs"],
      },
    }),
    reported: [
      [
        "network.interfaceEndpoints",
        '["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "elasticloadbalancing", "logs"]',
        "Without NAT the nodes reach AWS through interface endpoints alone; sts is missing.",
        'Write `interfaceEndpoints: "private-cluster"`, the set that such a cluster needs.',
      ],
    ],
  },
  {
    rule: "the public endpoint is not open to everybody",
    environment: cluster({ endpoint: { kind: "public-and-private", cidrs: ["203.0.113.0/24", "0.0.0.0/0"] } }),
    reported: [
      [
        "cluster.endpoint.cidrs[1]",
        '"0.0.0.0/0"',
        "It is the whole internet, and whatever the API server has to ward off then reaches it from everywhere.",
        'Write the networks your people come from, such as "203.0.113.0/24", or `endpoint: { kind: "private", clients: [...] }` with them.',
      ],
    ],
  },
  {
    rule: "the public endpoint is not open to half of everybody",
    environment: cluster({ endpoint: { kind: "public-and-private", cidrs: ["128.0.0.0/1"] } }),
    reported: [
      [
        "cluster.endpoint.cidrs[0]",
        '"128.0.0.0/1"',
        "A network wider than /8 is more than any one organization has.",
        'Write the networks your people come from, such as "203.0.113.0/24", or `endpoint: { kind: "private", clients: [...] }` with them.',
      ],
    ],
  },
  {
    rule: "an internet-facing ALB has public subnets in two zones",
    environment: workload(
      { routes: [{ kind: "alb", exposure: "internet-facing", plainHttp }] },
      existingNetwork(["subnet-0bbbbbbbbbbbbbbb1"]),
    ),
    reported: [
      [
        "workloads.shop.routes[0].exposure",
        '"internet-facing"',
        "An internet-facing ALB needs public subnets in two zones, and `network.publicSubnetIds` has 1.",
        'List public subnets in `network.publicSubnetIds`, or write `exposure: "internal"`.',
      ],
    ],
  },
  {
    rule: "an internet-facing NLB has a public subnet",
    environment: workload({ routes: [{ kind: "nlb", exposure: "internet-facing", plainHttp }] }, existingNetwork([])),
    reported: [
      [
        "workloads.shop.routes[0].exposure",
        '"internet-facing"',
        "An internet-facing load balancer needs a public subnet, and `network.publicSubnetIds` has 0.",
        'List public subnets in `network.publicSubnetIds`, or write `exposure: "internal"`.',
      ],
    ],
  },
  {
    rule: "an Elastic IP has a public subnet to be in",
    environment: environment({
      ...existingNetwork([]),
      controllers: {
        awsLoadBalancerController: {},
        emissary: { exposure: { kind: "internet-facing", address: { kind: "elastic-ips" } } },
      },
    }),
    reported: [
      [
        "controllers.emissary.exposure",
        '{ kind: "internet-facing", address: { kind: "elastic-ips" } }',
        "There is one Elastic IP for each public subnet, and `network.publicSubnetIds` is empty.",
        'List public subnets in `network.publicSubnetIds`, or write `exposure: { kind: "internal" }`.',
      ],
    ],
  },
  {
    rule: "an internet-facing nginx has a public subnet",
    environment: environment({
      ...existingNetwork([]),
      controllers: { awsLoadBalancerController: {}, nginx: { kind: "f5", exposure: "internet-facing" } },
    }),
    reported: [
      [
        "controllers.nginx.exposure",
        '"internet-facing"',
        "An internet-facing load balancer needs a public subnet, and `network.publicSubnetIds` is empty.",
        'List public subnets in `network.publicSubnetIds`, or write `exposure: "internal"`.',
      ],
    ],
  },
];
