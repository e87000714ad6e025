import { environment, type WrongEnvironment, workload, workloads } from "../fixtures";

const host = "shop.example.com";
const zones = { dns: { zones: { "example.com": { kind: "create" } } } };
const route53 = { kind: "route53", zone: "example.com" };
const externalDns = { controllers: { awsLoadBalancerController: {}, externalDns: {} } };

const shop = (dns: object, rest: object = {}, other: object = { host }) =>
  workload({ routes: [{ kind: "alb", dns, ...other }] }, { ...zones, ...rest });

export const wrongRecords: readonly WrongEnvironment[] = [
  {
    rule: "a record is of one host",
    environment: shop(route53, {}, {}),
    reported: [
      [
        "workloads.shop.routes[0].dns",
        '{ kind: "route53", zone: "example.com" }',
        "The route is for every host, and a record is of one name.",
        "Write the `host`, or take `dns` out.",
      ],
    ],
  },
  {
    rule: "a record is in one of the environment's zones",
    environment: shop({ kind: "route53", zone: "exmaple.com" }),
    reported: [
      [
        "workloads.shop.routes[0].dns.zone",
        '"exmaple.com"',
        "It is none of the zones in `dns.zones`.",
        'Did you mean "example.com"? Otherwise add `"exmaple.com": { kind: "create" }` to `dns.zones`.',
      ],
    ],
  },
  {
    rule: "a host lies in the zone of its record",
    environment: shop(
      { kind: "route53", zone: "example.org" },
      { dns: { zones: { "example.com": { kind: "create" }, "example.org": { kind: "create" } } } },
    ),
    reported: [
      [
        "workloads.shop.routes[0].dns.zone",
        '"example.org"',
        "The host shop.example.com does not lie in this zone, and nobody would ask the zone for it.",
        'Write `zone: "example.com"`.',
      ],
    ],
  },
  {
    rule: "ExternalDNS makes a record only where it is",
    environment: shop({ kind: "external-dns" }),
    reported: [
      [
        "workloads.shop.routes[0].dns.kind",
        '"external-dns"',
        "`controllers.externalDns` makes such a record, and it is not enabled.",
        "Add `externalDns: {}` to `controllers`.",
      ],
    ],
  },
  {
    rule: "ExternalDNS makes records in its domains alone",
    environment: shop({ kind: "external-dns" }, externalDns, { host: "shop.example.net" }),
    reported: [
      [
        "workloads.shop.routes[0].dns.kind",
        '"external-dns"',
        "The host shop.example.net lies in none of the domains that ExternalDNS may make records in: example.com.",
        "Write a host in one of them, or add its zone to `dns.zones`.",
      ],
    ],
  },
  {
    rule: "a host has one load balancer",
    environment: workloads(
      {
        cart: { routes: [{ kind: "alb", host, path: "/cart", dns: route53 }] },
        till: { routes: [{ kind: "alb", host, path: "/till", dns: route53 }] },
      },
      zones,
    ),
    reported: [
      [
        "workloads.till.routes[0].dns",
        '{ kind: "route53", zone: "example.com" }',
        "`workloads.cart.routes[0]` has a record for the host shop.example.com too, and leads to another load balancer.",
        "Take `dns` out of one of the two, or give one another host.",
      ],
    ],
  },
  {
    rule: "a host's record has one maker",
    environment: workloads(
      {
        cart: { routes: [{ kind: "alb", host, path: "/cart", group: "front", dns: route53 }] },
        till: { routes: [{ kind: "alb", host, path: "/till", group: "front", dns: { kind: "external-dns" } }] },
      },
      { ...zones, ...externalDns },
    ),
    reported: [
      [
        "workloads.till.routes[0].dns",
        '{ kind: "external-dns" }',
        "`workloads.cart.routes[0]` has a record for the host shop.example.com too, made by somebody else.",
        'Write `dns: { kind: "route53", zone: "example.com" }`, or take it out: one record serves both.',
      ],
    ],
  },
  {
    rule: "ExternalDNS has a zone to look after",
    environment: environment({ controllers: { externalDns: { policy: "sync" } } }),
    reported: [
      [
        "controllers.externalDns",
        '{ namespace: "external-dns", policy: "sync", resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory:...',
        "It may change the records of the zones in `dns.zones` alone, and there is none.",
        'Add a zone, such as `dns: { zones: { "example.com": { kind: "create" } } }`.',
      ],
    ],
  },
  {
    rule: "the domains of ExternalDNS are the environment's zones",
    environment: environment({ ...zones, controllers: { externalDns: { domains: ["example.org"] } } }),
    reported: [
      [
        "controllers.externalDns.domains[0]",
        '"example.org"',
        "It is none of the zones in `dns.zones`, so its records are out of reach.",
        'Did you mean "example.com"? Otherwise write some of example.com.',
      ],
    ],
  },
];
