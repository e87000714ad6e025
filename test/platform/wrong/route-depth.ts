import { environment, type WrongEnvironment, workload, workloads } from "../fixtures";

const withGateways = { controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {} } };
const controllers = { awsLoadBalancerController: {} };
const zones = { dns: { zones: { "example.com": { kind: "create" } } } };

const host = "shop.example.com";

/** A route through a gateway that is an ALB, and a workload beside it. */
const gateway = (route: object, neighbour: object = {}) =>
  workloads(
    { shop: { routes: [{ kind: "gateway", gateway: "front", host, ...route }] }, cart: neighbour },
    { ...withGateways, gateways: { front: { kind: "alb" } } },
  );

const listeners = [{ kind: "tcp", port: 5432 }];

const throughNlb = (route: object) =>
  workloads(
    { shop: { routes: [{ kind: "gateway", gateway: "front", listenerPort: 5432, ...route }] }, cart: {} },
    { ...withGateways, gateways: { front: { kind: "nlb", listeners } } },
  );

const issuers = (acme: object, route: object = {}) =>
  workload(
    { routes: [{ kind: "nginx", host, ...route }] },
    { controllers: { ...controllers, nginx: { kind: "f5" }, certManager: { issuers: acme } }, ...zones },
  );

const acme = { kind: "acme", email: "platform@example.com" };

/** Canaries, and what an NLB does not see. */
export const wrongDepth: readonly WrongEnvironment[] = [
  {
    rule: "a canary is one of the workloads",
    environment: gateway({ canary: { workload: "crat", percent: 10 } }),
    reported: [
      [
        "workloads.shop.routes[0].canary.workload",
        '"crat"',
        "It is none of the workloads.",
        'Did you mean "cart"? Otherwise name another workload of the same namespace.',
      ],
    ],
  },
  {
    rule: "a canary is another workload than the route's own",
    environment: gateway({ canary: { workload: "shop", percent: 10 } }),
    reported: [
      [
        "workloads.shop.routes[0].canary.workload",
        '"shop"',
        "It is the route's own workload, which has the rest.",
        "Name another workload of the same namespace.",
      ],
    ],
  },
  {
    rule: "a canary is of the route's namespace",
    environment: gateway({ canary: { workload: "cart", percent: 10 } }, { namespace: "carts" }),
    reported: [
      [
        "workloads.shop.routes[0].canary.workload",
        '"cart"',
        "It is of the namespace carts, and a route of default leads to Services there alone.",
        'Give the workload the namespace "default".',
      ],
    ],
  },
  {
    rule: "a canary gets a hundred percent at most",
    environment: gateway({ canary: { workload: "cart", percent: 101 } }),
    reported: [["workloads.shop.routes[0].canary.percent", "101", "The most it can be is 100.", "Write 100 or less."]],
  },
  {
    rule: "a match is by a method of HTTP",
    environment: gateway({ match: { method: "FETCH" } }),
    reported: [
      [
        "workloads.shop.routes[0].match.method",
        '"FETCH"',
        'It is one of "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS" or "PATCH".',
        "Write one of them.",
      ],
    ],
  },
  {
    rule: "a host to send is one name",
    environment: gateway({ rewrite: { host: "*.example.com" } }),
    reported: [
      [
        "workloads.shop.routes[0].rewrite.host",
        '"*.example.com"',
        "A host to send is one name, without *.",
        'Write a value such as "api.example.com".',
      ],
    ],
  },
  {
    rule: "an NLB sees no methods and headers",
    environment: throughNlb({ match: { headers: { "x-version": "2" } } }),
    reported: [
      [
        "workloads.shop.routes[0].match",
        '{ headers: { "x-version": "2" }, query: {} }',
        "The gateway front is an NLB, which forwards connections and sees neither host nor path.",
        'Take it out, or name a gateway of kind "alb".',
      ],
    ],
  },
  {
    rule: "an NLB rewrites nothing",
    environment: throughNlb({ rewrite: { prefix: "/" } }),
    reported: [
      [
        "workloads.shop.routes[0].rewrite",
        '{ prefix: "/" }',
        "The gateway front is an NLB, which forwards connections and sees neither host nor path.",
        'Take it out, or name a gateway of kind "alb".',
      ],
    ],
  },
  {
    rule: "an NLB shares connections out to one workload",
    environment: throughNlb({ canary: { workload: "cart", percent: 10 } }),
    reported: [
      [
        "workloads.shop.routes[0].canary",
        '{ workload: "cart", percent: 10 }',
        "The gateway front is an NLB, which forwards connections and sees neither host nor path.",
        'Take it out, or name a gateway of kind "alb".',
      ],
    ],
  },
];

/** Who proves hosts, and with which zones. */
export const wrongIssuers: readonly WrongEnvironment[] = [
  {
    rule: "an issuer by ACME has a zone for its records",
    environment: environment({ controllers: { certManager: { issuers: { public: acme } } } }),
    reported: [
      [
        "controllers.certManager.issuers.public",
        '{ kind: "acme", email: "platform@example.com", server: "https://acme-v02.api.letsencrypt.org/directory" }',
        "It proves hosts by records in zones of `dns.zones`, and there is none.",
        'Add a zone, such as `dns: { zones: { "example.com": { kind: "create" } } }`.',
      ],
    ],
  },
  {
    rule: "the domains of an issuer are the environment's zones",
    environment: issuers({ public: { ...acme, domains: ["exmaple.com"] } }),
    reported: [
      [
        "controllers.certManager.issuers.public.domains[0]",
        '"exmaple.com"',
        "It is none of the zones in `dns.zones`, so its records are out of reach.",
        'Did you mean "example.com"? Otherwise write some of example.com.',
      ],
    ],
  },
  {
    rule: "an issuer of a route is one of those that are declared",
    environment: issuers({ public: acme }, { tls: { issuer: "pubilc" } }),
    reported: [
      [
        "workloads.shop.routes[0].tls.issuer",
        '"pubilc"',
        "It is none of the issuers in `controllers.certManager.issuers`.",
        'Did you mean "public"? Otherwise add `issuers: { "pubilc": { kind: "cluster-ca" } }` to `controllers.certManager`.',
      ],
    ],
  },
  {
    rule: "an issuer proves the hosts of its zones alone",
    environment: issuers({ public: acme }, { host: "shop.example.org", tls: { issuer: "public" } }),
    reported: [
      [
        "workloads.shop.routes[0].tls.issuer",
        '"public"',
        "It proves hosts of example.com, and shop.example.org lies in none of them.",
        "Write a host in one of these, or add its zone.",
      ],
    ],
  },
  {
    rule: "a certificate of nginx comes from an issuer or from a Secret",
    environment: issuers({}, { tls: {} }),
    reported: [
      [
        "workloads.shop.routes[0].tls",
        "{}",
        "A certificate comes from an issuer or is in a Secret made elsewhere, and neither is named.",
        "Name one of `controllers.certManager.issuers` as `issuer`, or a `secretName`.",
      ],
    ],
  },
];
