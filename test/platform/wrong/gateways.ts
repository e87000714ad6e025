import { environment, existingNetwork, type WrongEnvironment, workload, workloads } from "../fixtures";

const controllers = { awsLoadBalancerController: {}, gatewayApiCrds: {} };
const tcp = { kind: "tcp", port: 5432 };
const nlb = { controllers, gateways: { front: { kind: "nlb", listeners: [tcp] } } };
const alb = { controllers, gateways: { front: { kind: "alb" } } };
const certificateArn = "arn:aws:acm:eu-west-1:210987654321:certificate/11111111-2222-4333-8444-555555555555";

const through = (route: object, rest: object) =>
  workload({ routes: [{ kind: "gateway", gateway: "front", ...route }] }, rest);

export const wrongGateways: readonly WrongEnvironment[] = [
  {
    rule: "gateways have the controllers that make and know them",
    environment: environment({ controllers: {}, gateways: alb.gateways }),
    reported: [
      [
        "gateways",
        '{ front: { kind: "alb", namespace: "gateways", exposure: "internal", inboundCidrs: [], inboundLists: [], certificates...',
        "`controllers.awsLoadBalancerController` makes their load balancers, and it is not enabled.",
        "Add `awsLoadBalancerController: {}` to `controllers`.",
      ],
      [
        "gateways",
        '{ front: { kind: "alb", namespace: "gateways", exposure: "internal", inboundCidrs: [], inboundLists: [], certificates...',
        "`controllers.gatewayApiCrds` brings their kinds, and it is not enabled.",
        "Add `gatewayApiCrds: {}` to `controllers`.",
      ],
    ],
  },
  {
    rule: "a gateway's namespace is not one of a controller",
    environment: environment({
      controllers: { ...controllers, nginx: { kind: "f5" } },
      gateways: { front: { kind: "alb", namespace: "nginx" } },
    }),
    reported: [
      [
        "gateways.front.namespace",
        '"nginx"',
        "The controllers stack makes this namespace for nginx, and a namespace is made once.",
        "Use a namespace that no controller has.",
      ],
    ],
  },
  {
    rule: "an internet-facing ALB has public subnets in two zones",
    environment: environment({
      ...existingNetwork(["subnet-0bbbbbbbbbbbbbbb1"]),
      controllers,
      gateways: { front: { kind: "alb", exposure: "internet-facing" } },
    }),
    reported: [
      [
        "gateways.front.exposure",
        '"internet-facing"',
        "An internet-facing ALB needs public subnets in two zones, and `network.publicSubnetIds` has 1.",
        'List public subnets in `network.publicSubnetIds`, or write `exposure: "internal"`.',
      ],
    ],
  },
  {
    rule: "an internet-facing NLB has a public subnet",
    environment: environment({
      ...existingNetwork([]),
      controllers,
      gateways: { front: { kind: "nlb", exposure: "internet-facing", listeners: [tcp] } },
    }),
    reported: [
      [
        "gateways.front.exposure",
        '"internet-facing"',
        "An internet-facing load balancer needs a public subnet, and `network.publicSubnetIds` has 0.",
        'List public subnets in `network.publicSubnetIds`, or write `exposure: "internal"`.',
      ],
    ],
  },
  {
    rule: "listeners of an NLB have ports apart",
    environment: environment({ controllers, gateways: { front: { kind: "nlb", listeners: [tcp, tcp] } } }),
    reported: [
      [
        "gateways.front.listeners[1].port",
        "5432",
        "The load balancer has another listener on this port already.",
        "Give each listener a port of its own.",
      ],
    ],
  },
  {
    rule: "certificates are of the gateway's region and account",
    environment: environment({ controllers, gateways: { front: { kind: "alb", certificateArns: [certificateArn] } } }),
    reported: [
      [
        "gateways.front.certificateArns[0]",
        `"${certificateArn}"`,
        "It belongs to eu-west-1, and the load balancer stands in us-west-2; a load balancer takes nothing from another region.",
        "Name one of us-west-2.",
      ],
      [
        "gateways.front.certificateArns[0]",
        `"${certificateArn}"`,
        "It belongs to the account 210987654321, and a load balancer takes certificates of its own account alone.",
        "Name one of the account 123456789012.",
      ],
    ],
  },
  {
    rule: "a certificate is one",
    environment: environment({
      controllers,
      gateways: {
        front: {
          kind: "nlb",
          listeners: [{ kind: "tls", port: 443, certificateArn: "arn:aws:s3:::certificates" }],
        },
      },
    }),
    reported: [
      [
        "gateways.front.listeners[0].certificateArn",
        '"arn:aws:s3:::certificates"',
        "It is no certificate: those are of ACM, or uploaded to IAM.",
        'Write an ARN such as "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555".',
      ],
    ],
  },
  {
    rule: "a web ACL is regional and of WAFv2",
    environment: environment({
      controllers,
      gateways: {
        front: { kind: "alb", webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/front/0123" },
      },
    }),
    reported: [
      [
        "gateways.front.webAclArn",
        '"arn:aws:wafv2:us-east-1:123456789012:global/webacl/front/0123"',
        "An ALB takes a regional web ACL of WAFv2, not one for CloudFront and nothing of WAF Classic.",
        "Name an ARN such as arn:aws:wafv2:us-west-2:123456789012:regional/webacl/<name>/<id>.",
      ],
    ],
  },
  {
    rule: "a route names one of the gateways",
    environment: through({ gateway: "frnot" }, alb),
    reported: [
      [
        "workloads.shop.routes[0].gateway",
        '"frnot"',
        "It is none of the gateways in `gateways`.",
        'Did you mean "front"? Otherwise add `"frnot": { kind: "alb" }` to `gateways`.',
      ],
    ],
  },
  {
    rule: "a route through an ALB has no listener of its own",
    environment: through({ listenerPort: 443 }, alb),
    reported: [
      [
        "workloads.shop.routes[0].listenerPort",
        "443",
        "The gateway front is an ALB, which distinguishes routes by host and path on one listener.",
        'Take it out, or name a gateway of kind "nlb".',
      ],
    ],
  },
  {
    rule: "a route through an NLB has neither host nor path, and says its listener",
    environment: through({ host: "shop.example.com", path: "/api" }, nlb),
    reported: [
      [
        "workloads.shop.routes[0].host",
        '"shop.example.com"',
        "The gateway front is an NLB, which forwards connections and sees neither host nor path.",
        'Take it out, or name a gateway of kind "alb".',
      ],
      [
        "workloads.shop.routes[0].path",
        '"/api"',
        "The gateway front is an NLB, which forwards connections and sees neither host nor path.",
        'Take it out, or name a gateway of kind "alb".',
      ],
      [
        "workloads.shop.routes[0].listenerPort",
        "nothing",
        "The gateway front is an NLB, and a route is one of its listeners; they are on 5432.",
        "Write `listenerPort: 5432`, or add a listener to the gateway.",
      ],
    ],
  },
  {
    rule: "a route through an NLB has no record",
    environment: through(
      { listenerPort: 5432, dns: { kind: "external-dns" } },
      {
        ...nlb,
        dns: { zones: { "example.com": { kind: "create" } } },
        controllers: { ...controllers, externalDns: {} },
      },
    ),
    reported: [
      [
        "workloads.shop.routes[0].dns",
        '{ kind: "external-dns" }',
        "A route through an NLB has no host that a record could be of.",
        "Take it out.",
      ],
    ],
  },
  {
    rule: "a listener of an NLB has one route",
    environment: workloads(
      {
        cart: { routes: [{ kind: "gateway", gateway: "front", listenerPort: 5432 }] },
        till: { routes: [{ kind: "gateway", gateway: "front", listenerPort: 5432 }] },
      },
      nlb,
    ),
    reported: [
      [
        "workloads.till.routes[0].listenerPort",
        "5432",
        "`workloads.cart.routes[0]` has this listener already, and an NLB's listener leads to one workload.",
        "Add a listener with another port to the gateway and name that.",
      ],
    ],
  },
  {
    rule: "two routes of one gateway differ in host or path",
    environment: workloads(
      {
        cart: { routes: [{ kind: "gateway", gateway: "front" }] },
        till: { routes: [{ kind: "gateway", gateway: "front", path: "/" }] },
      },
      alb,
    ),
    reported: [
      [
        "workloads.till.routes[0]",
        '{ kind: "gateway", host: "*", path: "/" }',
        "`workloads.cart.routes[0]` has the same host and path behind the same entrance, so one of the two is never reached.",
        "Give one of them another host or path.",
      ],
    ],
  },
];
