import { environment, type WrongEnvironment, workload, workloads } from "../fixtures";

const zones = { dns: { zones: { "example.com": { kind: "create" } } } };
const web = { kind: "acm", hosts: ["www.example.com"] };
const certificates = { certificates: { web } };
const reason = "It serves public, signed packages and nothing else.";
const clearText =
  "It has no certificate, so what callers on the internet send and get can be read and changed on the way; a door that means it says why in `plainHttp`.";
const arn = "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555";

export const wrongTls: readonly WrongEnvironment[] = [
  {
    rule: "an ALB on the internet has a certificate",
    environment: workload({ routes: [{ kind: "alb", host: "www.example.com", exposure: "internet-facing" }] }),
    reported: [
      [
        "workloads.shop.routes[0]",
        "nothing",
        clearText,
        'Add `web: { kind: "acm", hosts: ["www.example.com"] }` to `certificates` and write `certificate: "web"`.',
      ],
    ],
  },
  {
    rule: "an NLB on the internet has a certificate, or hands TLS on to the pods",
    environment: workload({ routes: [{ kind: "nlb", exposure: "internet-facing" }] }),
    reported: [
      [
        "workloads.shop.routes[0]",
        "nothing",
        clearText,
        'Add `web: { kind: "acm", hosts: ["shop.example.com"] }` to `certificates` and write `certificate: "web"`; where the pods speak TLS themselves, write `tlsInPods: true`.',
      ],
    ],
  },
  {
    rule: "Emissary on the internet has a certificate of every host behind it",
    environment: workloads(
      {
        shop: { routes: [{ kind: "ambassador", host: "shop.example.com" }] },
        cart: { routes: [{ kind: "ambassador", host: "cart.example.com" }] },
      },
      { controllers: { awsLoadBalancerController: {}, emissary: { exposure: { kind: "internet-facing" } } } },
    ),
    reported: [
      [
        "controllers.emissary",
        "nothing",
        clearText,
        'Add `web: { kind: "acm", hosts: ["shop.example.com", "cart.example.com"] }` to `certificates` and write `certificate: "web"`.',
      ],
    ],
  },
  {
    rule: "nginx on the internet has a certificate where a route has none of its own",
    environment: workload(
      { routes: [{ kind: "nginx", host: "www.example.com" }] },
      { controllers: { awsLoadBalancerController: {}, nginx: { kind: "f5", exposure: "internet-facing" } } },
    ),
    reported: [
      [
        "controllers.nginx",
        "nothing",
        clearText,
        'Add `web: { kind: "acm", hosts: ["www.example.com"] }` to `certificates` and write `certificate: "web"`.',
      ],
    ],
  },
  {
    rule: "an ALB of the Gateway API on the internet has certificates",
    environment: workload(
      { routes: [{ kind: "gateway", gateway: "front", host: "www.example.com" }] },
      {
        controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {} },
        gateways: { front: { kind: "alb", exposure: "internet-facing" } },
      },
    ),
    reported: [
      [
        "gateways.front",
        "nothing",
        clearText,
        'Add `web: { kind: "acm", hosts: ["www.example.com"] }` to `certificates` and write `certificates: ["web"]`.',
      ],
    ],
  },
  {
    rule: "a listener of an NLB of the Gateway API on the internet terminates TLS, or hands it on",
    environment: workload(
      { routes: [{ kind: "gateway", gateway: "front", listenerPort: 5432 }] },
      {
        controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {} },
        gateways: { front: { kind: "nlb", exposure: "internet-facing", listeners: [{ kind: "tcp", port: 5432 }] } },
      },
    ),
    reported: [
      [
        "gateways.front.listeners[0]",
        "nothing",
        clearText,
        'Add `web: { kind: "acm", hosts: ["shop.example.com"] }` to `certificates` and write `kind: "tls"` with `certificate: "web"`; where the pods speak TLS themselves, write `tlsInPods: true`.',
      ],
    ],
  },
  {
    rule: "a certificate is one of those that are declared",
    environment: workload(
      { routes: [{ kind: "alb", host: "www.example.com", certificate: "wep" }] },
      { ...zones, ...certificates },
    ),
    reported: [
      [
        "workloads.shop.routes[0].certificate",
        '"wep"',
        "It is none of the certificates in `certificates`.",
        'Did you mean "web"? Otherwise add `wep: { kind: "acm", hosts: ["www.example.com"] }` to `certificates`.',
      ],
    ],
  },
  {
    rule: "a certificate is of the host that presents it",
    environment: workload(
      { routes: [{ kind: "alb", host: "shop.example.com", certificate: "web" }] },
      { ...zones, ...certificates },
    ),
    reported: [
      [
        "workloads.shop.routes[0].host",
        '"shop.example.com"',
        "Callers of it are shown the certificate web, which is of www.example.com, and refuse it.",
        'Add "shop.example.com" to `certificates.web.hosts`.',
      ],
    ],
  },
  {
    rule: "a certificate of Emissary is of every host that a route answers for",
    environment: workload(
      { routes: [{ kind: "ambassador", host: "shop.example.com" }] },
      { ...zones, ...certificates, controllers: { awsLoadBalancerController: {}, emissary: { certificate: "web" } } },
    ),
    reported: [
      [
        "workloads.shop.routes[0].host",
        '"shop.example.com"',
        "Callers of it are shown the certificate web, which is of www.example.com, and refuse it.",
        'Add "shop.example.com" to `certificates.web.hosts`.',
      ],
    ],
  },
  {
    rule: "a door has one certificate",
    environment: workload(
      { routes: [{ kind: "alb", host: "www.example.com", certificate: "web", certificateArn: arn }] },
      { ...zones, ...certificates },
    ),
    reported: [
      [
        "workloads.shop.routes[0].certificateArn",
        `"${arn}"`,
        "`certificate` names web already, and one of the two is presented.",
        "Take one of the two out.",
      ],
    ],
  },
  {
    rule: "a door with a certificate has no reason for having none",
    environment: workload(
      { routes: [{ kind: "alb", host: "www.example.com", certificate: "web", plainHttp: { reason } }] },
      { ...zones, ...certificates },
    ),
    reported: [
      [
        "workloads.shop.routes[0].plainHttp",
        `{ reason: "${reason}" }`,
        "It says why callers come in by clear text, and there is a certificate, so they do not.",
        "Take it out.",
      ],
    ],
  },
  {
    rule: "TLS ends at the NLB or in the pods",
    environment: workload(
      { routes: [{ kind: "nlb", certificate: "web", tlsInPods: true }] },
      { ...zones, ...certificates },
    ),
    reported: [
      [
        "workloads.shop.routes[0].tlsInPods",
        "true",
        "The load balancer has a certificate, so callers' TLS ends there.",
        "Take it out, or take the certificate out.",
      ],
    ],
  },
  {
    rule: "a custom domain has a certificate",
    environment: workload(
      { routes: [{ kind: "api-gateway", api: "store", path: "/shop" }] },
      { ...zones, apis: { store: { kind: "http", customDomain: { name: "api.example.com", zone: "example.com" } } } },
    ),
    reported: [
      [
        "apis.store.customDomain.certificate",
        "nothing",
        "A custom domain presents a certificate, and none is named.",
        "Name one of `certificates`.",
      ],
    ],
  },
  {
    rule: "hosts of a certificate lie in zones of the environment, or their records are made elsewhere",
    environment: environment({ ...zones, certificates: { web: { kind: "acm", hosts: ["www.example.org"] } } }),
    reported: [
      [
        "certificates.web.hosts[0]",
        '"www.example.org"',
        "ACM asks for a record of it, and it lies in none of the zones in `dns.zones`: example.com.",
        'Add its zone to `dns.zones`, or write `validation: { kind: "elsewhere" }` and make the record that the output `certificate_validation_records` names.',
      ],
    ],
  },
  {
    rule: "a certificate has a host once",
    environment: environment({
      ...zones,
      certificates: { web: { kind: "acm", hosts: ["www.example.com", "www.example.com"] } },
    }),
    reported: [
      ["certificates.web.hosts[1]", '"www.example.com"', "The certificate has this host already.", "Take it out."],
    ],
  },
  {
    rule: "a private authority is one, of the environment's region",
    environment: environment({
      certificates: {
        one: { kind: "private-ca", hosts: ["a.example.com"], authorityArn: arn },
        two: {
          kind: "private-ca",
          hosts: ["b.example.com"],
          authorityArn: "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/1",
        },
      },
    }),
    reported: [
      [
        "certificates.one.authorityArn",
        `"${arn}"`,
        "It is no authority of AWS Private CA.",
        'Write an ARN such as "arn:aws:acm-pca:us-west-2:123456789012:certificate-authority/<id>".',
      ],
      [
        "certificates.two.authorityArn",
        '"arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/1"',
        "The authority is of eu-west-1, and ACM asks those of its own region alone, which is us-west-2.",
        "Name an authority of us-west-2.",
      ],
    ],
  },
  {
    rule: "CloudFront presents public certificates",
    environment: workload(
      { routes: [{ kind: "cloudfront", host: "www.example.com", certificate: "inside" }] },
      {
        certificates: {
          inside: {
            kind: "private-ca",
            hosts: ["www.example.com"],
            authorityArn: "arn:aws:acm-pca:us-west-2:123456789012:certificate-authority/1",
          },
        },
      },
    ),
    reported: [
      [
        "workloads.shop.routes[0].certificate",
        '"inside"',
        "CloudFront presents it, which takes certificates of public authorities alone, and this one is of a private authority.",
        'Name a certificate of kind "acm".',
      ],
    ],
  },
  {
    rule: "HSTS comes by HTTPS",
    environment: workload({ routes: [{ kind: "alb", plainHttp: { reason }, hsts: {} }] }),
    reported: [
      [
        "workloads.shop.routes[0].hsts",
        "{ maxAgeSeconds: 31536000, includeSubDomains: false, preload: false }",
        "Browsers heed it where it comes by HTTPS alone, and there is no certificate.",
        "Name a `certificate`, or take it out.",
      ],
    ],
  },
  {
    rule: "nginx behind a load balancer that terminates TLS has no certificates of its own",
    environment: workload(
      { routes: [{ kind: "nginx", host: "www.example.com", tls: { secretName: "www" } }] },
      {
        ...zones,
        ...certificates,
        controllers: { awsLoadBalancerController: {}, nginx: { kind: "f5", certificate: "web" } },
      },
    ),
    reported: [
      [
        "workloads.shop.routes[0].tls",
        '{ secretName: "www" }',
        "TLS of every host ends at the load balancer before nginx, which would redirect callers to HTTPS for ever.",
        "Take it out, or take the certificate of `controllers.nginx` out.",
      ],
    ],
  },
  {
    rule: "a certificate is of names, the first of at most 64 characters",
    environment: environment({ certificates: { web: { kind: "acm", hosts: ["*"] } } }),
    reported: [
      [
        "certificates.web.hosts[0]",
        '"*"',
        "A certificate is of names, and * is none.",
        'Write a value such as "api.example.com".',
      ],
    ],
  },
];
