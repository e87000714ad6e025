import { environment, existingNetwork, type WrongEnvironment, workload, workloads } from "../fixtures";

const controllers = { awsLoadBalancerController: {} };
const withGateways = { controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {} } };
const zones = { dns: { zones: { "example.com": { kind: "create" } } } };
const web = { certificates: { web: { kind: "acm", hosts: ["*.example.com"] } }, ...zones };

const host = "shop.example.com";

const authority = `-----BEGIN CERTIFICATE-----\n${"A".repeat(64)}\n-----END CERTIFICATE-----\n`;
const trustStores = { partners: { authorities: [authority] }, staff: { authorities: [authority] } };

const alb = (route: object, rest: object = {}) => workload({ routes: [{ kind: "alb", host, ...route }] }, rest);
const listeners = [{ kind: "tcp", port: 5432 }];

const throughNlb = (route: object) =>
  workloads(
    { shop: { routes: [{ kind: "gateway", gateway: "front", listenerPort: 5432, ...route }] }, cart: {} },
    { ...withGateways, gateways: { front: { kind: "nlb", listeners } } },
  );

const webAclArn = "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/front/11111111-2222-4333-8444-555555555555";

/** Web ACLs, who signs in, and what of it is no address. */
export const wrongGuards: readonly WrongEnvironment[] = [
  {
    rule: "a web ACL is one of those that are declared",
    environment: alb({ webAcl: "fornt" }, { webAcls: { front: {} } }),
    reported: [
      [
        "workloads.shop.routes[0].webAcl",
        '"fornt"',
        "It is none of the web ACLs in `webAcls`.",
        'Did you mean "front"? Otherwise add `"fornt": {}` to `webAcls`.',
      ],
    ],
  },
  {
    rule: "one web ACL is in front",
    environment: alb({ webAcl: "front", webAclArn }, { webAcls: { front: {} } }),
    reported: [
      [
        "workloads.shop.routes[0].webAcl",
        '"front"',
        "`webAclArn` names another, and one of the two is in front.",
        "Take one out.",
      ],
    ],
  },
  {
    rule: "a web ACL has rule groups that AWS has",
    environment: environment({ webAcls: { front: { managedRules: ["AWSManagedRulesCoreRuleSet"] } } }),
    reported: [
      [
        "webAcls.front.managedRules[0]",
        '"AWSManagedRulesCoreRuleSet"',
        'It is one of "AWSManagedRulesCommonRuleSet", "AWSManagedRulesAdminProtectionRuleSet", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesSQLiRuleSet", "AWSManagedRulesLinuxRuleSet", "AWSManagedRulesUnixRuleSet", "AWSManagedRulesWindowsRuleSet", "AWSManagedRulesPHPRuleSet", "AWSManagedRulesWordPressRuleSet", "AWSManagedRulesAmazonIpReputationList" or "AWSManagedRulesAnonymousIpList".',
        'Did you mean "AWSManagedRulesCommonRuleSet"?',
      ],
    ],
  },
  {
    rule: "a rate counts ten requests or more",
    environment: environment({ webAcls: { front: { requestsPerFiveMinutes: 5 } } }),
    reported: [["webAcls.front.requestsPerFiveMinutes", "5", "The least it can be is 10.", "Write 10 or more."]],
  },
  {
    rule: "a country is two capital letters",
    environment: environment({ webAcls: { front: { countries: { kind: "block", codes: ["Germany"] } } } }),
    reported: [
      [
        "webAcls.front.countries.codes[0]",
        '"Germany"',
        "A country is two capital letters, as ISO 3166 has them.",
        'Write a value such as "DE".',
      ],
    ],
  },
  {
    rule: "a web ACL without logs says why",
    environment: environment({ webAcls: { front: { logs: { kind: "off" } } } }),
    reported: [
      [
        "webAcls.front.logs.reason",
        "nothing",
        "It is a weaker choice, and nobody says why it is made.",
        "Write for the reviewer why it is meant, or make the choice that needs no reason.",
      ],
    ],
  },
  {
    rule: "a network is IPv4, with its first address",
    environment: alb({ inboundCidrs: ["192.0.2.7/24"] }),
    reported: [
      [
        "workloads.shop.routes[0].inboundCidrs[0]",
        '"192.0.2.7/24"',
        "An IPv4 network is written with its first address, here 192.0.2.0/24.",
        'Write "192.0.2.0/24".',
      ],
    ],
  },
  {
    rule: "a prefix list is one",
    environment: alb({ inboundLists: ["vpc-endpoints"] }),
    reported: [
      [
        "workloads.shop.routes[0].inboundLists[0]",
        '"vpc-endpoints"',
        "A prefix list looks like pl-0123456789abcdef0.",
        'Write a value such as "pl-0123456789abcdef0".',
      ],
    ],
  },
  {
    rule: "an identity provider is asked by HTTPS",
    environment: alb(
      {
        certificate: "web",
        callers: { kind: "jwt", issuer: "http://login.example.com", jwksEndpoint: "https://login.example.com/keys" },
      },
      web,
    ),
    reported: [
      [
        "workloads.shop.routes[0].callers.issuer",
        '"http://login.example.com"',
        "It is an https:// address.",
        'Write a value such as "https://login.example.com".',
      ],
    ],
  },
  {
    rule: "a sign-in names the Secret of its client, and holds none",
    environment: alb(
      {
        certificate: "web",
        callers: {
          kind: "oidc",
          issuer: "https://login.example.com",
          authorizationEndpoint: "https://login.example.com/authorize",
          tokenEndpoint: "https://login.example.com/token",
          userInfoEndpoint: "https://login.example.com/userinfo",
          clientSecret: "Tr0ub4dor",
          secretName: "login",
        },
      },
      web,
    ),
    reported: [
      [
        "workloads.shop.routes[0].callers.clientSecret",
        "not shown: its name speaks of a secret, and what synth prints is kept",
        '`workloads.shop.routes[0].callers` of kind "oidc" has no option `clientSecret`.',
        "Remove it; the options are kind, issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, secretName, client, scope, sessionSeconds and unauthenticated.",
      ],
    ],
  },
  {
    rule: "a sign-in lasts a week at most",
    environment: alb(
      {
        certificate: "web",
        callers: {
          kind: "cognito",
          userPoolArn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abcdefghi",
          userPoolClientId: "client",
          userPoolDomain: "example",
          sessionSeconds: 2_592_000,
        },
      },
      web,
    ),
    reported: [
      [
        "workloads.shop.routes[0].callers.sessionSeconds",
        "2592000",
        "The most it can be is 604800.",
        "Write 604800 or less.",
      ],
    ],
  },
  {
    rule: "clear text is meant in a sentence",
    environment: alb({ exposure: "internet-facing", plainHttp: { reason: "because" } }),
    reported: [
      [
        "workloads.shop.routes[0].plainHttp.reason",
        '"because"',
        "Say why in a sentence of ten characters or more.",
        "Write for the reviewer why it is meant, or make the choice that needs no reason.",
      ],
    ],
  },
  {
    rule: "a TLS policy is one of Elastic Load Balancing",
    environment: alb({ certificate: "web", sslPolicy: "TLS-1-3-2021-06" }, web),
    reported: [
      [
        "workloads.shop.routes[0].sslPolicy",
        '"TLS-1-3-2021-06"',
        "A policy's name begins with ELBSecurityPolicy-.",
        'Write a value such as "ELBSecurityPolicy-TLS13-1-2-2021-06".',
      ],
    ],
  },
  {
    rule: "an EDGE domain asks for no client certificate",
    environment: workload(
      { routes: [{ kind: "api-gateway", api: "shop", path: "/shop" }] },
      {
        ...web,
        trustStores,
        apis: {
          shop: {
            kind: "rest",
            endpoint: { kind: "EDGE" },
            disableExecuteApiEndpoint: true,
            customDomain: { name: host, zone: "example.com", certificate: "web", clientCertificates: "partners" },
          },
        },
      },
    ),
    reported: [
      [
        "apis.shop.customDomain.clientCertificates",
        '"partners"',
        "An EDGE domain asks callers for no certificate.",
        'Write `endpoint: { kind: "REGIONAL" }`.',
      ],
    ],
  },
  {
    rule: "a sign-in through the gateway of an NLB is nobody's",
    environment: throughNlb({
      callers: { kind: "jwt", issuer: "https://login.example.com", jwksEndpoint: "https://login.example.com/keys" },
    }),
    reported: [
      [
        "workloads.shop.routes[0].callers",
        '{ kind: "jwt", issuer: "https://login.example.com", jwksEndpoint: "https://login.example.com/keys", claims: [] }',
        "The gateway front is an NLB, which forwards connections and asks nobody who calls.",
        'Name a gateway of kind "alb", which asks.',
      ],
    ],
  },
];

/** Where a door would stand, and what holds pods apart. */
export const wrongPlaces: readonly WrongEnvironment[] = [
  {
    rule: "an internet-facing route has public subnets in two zones",
    environment: alb(
      { exposure: "internet-facing", plainHttp: { reason: "It serves public, signed packages and nothing else." } },
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
    rule: "an internet-facing nginx has a public subnet",
    environment: environment({
      ...existingNetwork([]),
      controllers: {
        ...controllers,
        nginx: {
          kind: "f5",
          exposure: "internet-facing",
          plainHttp: { reason: "Every host has a certificate of its own." },
        },
      },
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
  {
    rule: "an internet-facing Emissary with fixed addresses has a public subnet for each",
    environment: environment({
      ...existingNetwork([]),
      controllers: {
        ...controllers,
        emissary: {
          exposure: { kind: "internet-facing", address: { kind: "elastic-ips" } },
          plainHttp: { reason: "It serves public, signed packages and nothing else." },
        },
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
    rule: "network policies need the VPC CNI",
    environment: environment({
      networkPolicies: "from-routes",
      cluster: {
        endpoint: { kind: "private", clients: [{ kind: "network", cidr: "10.100.0.0/16" }] },
        nodeGroups: { general: {} },
        addons: { "vpc-cni": "off" },
        access: {
          operators: {
            principalArn: "arn:aws:iam::123456789012:role/operators",
            policies: [{ policy: "cluster-admin" }],
          },
        },
      },
    }),
    reported: [
      [
        "networkPolicies",
        '"from-routes"',
        "The VPC CNI enforces them, and `cluster.addons` has it off.",
        'Take `"vpc-cni": "off"` out of `cluster.addons`.',
      ],
    ],
  },
  {
    rule: "a call leads to a network by its first address",
    environment: workload({ calls: [{ kind: "network", cidr: "10.9.0.1/16" }] }),
    reported: [
      [
        "workloads.shop.calls[0].cidr",
        '"10.9.0.1/16"',
        "An IPv4 network is written with its first address, here 10.9.0.0/16.",
        'Write "10.9.0.0/16".',
      ],
    ],
  },
  {
    rule: "an admin port on every node has a reason",
    environment: environment({ controllers: { ...controllers, emissary: { adminService: { kind: "NodePort" } } } }),
    reported: [
      [
        "controllers.emissary.adminService.reason",
        "nothing",
        "It is a weaker choice, and nobody says why it is made.",
        "Write for the reviewer why it is meant, or make the choice that needs no reason.",
      ],
    ],
  },
  {
    rule: "a mesh that asks nobody for a signature says why",
    environment: workloads(
      { "cart-1": { namespace: "mesh" } },
      {
        controllers: { ...controllers, gatewayApiCrds: {} },
        mesh: {
          kind: "lattice",
          namespace: "mesh",
          authorization: { kind: "NONE" },
          services: { cart: { versions: [{ workload: "cart-1" }] } },
        },
      },
    ),
    reported: [
      [
        "mesh.authorization.reason",
        "nothing",
        "It is a weaker choice, and nobody says why it is made.",
        "Write for the reviewer why it is meant, or make the choice that needs no reason.",
      ],
    ],
  },
];
