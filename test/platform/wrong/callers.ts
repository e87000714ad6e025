import { cluster, environment, type WrongEnvironment, workload } from "../fixtures";

const zones = { dns: { zones: { "example.com": { kind: "create" } } } };
const certificates = { certificates: { web: { kind: "acm", hosts: ["www.example.com"] } } };
const jwt = {
  kind: "jwt",
  issuer: "https://login.example.com",
  jwksEndpoint: "https://login.example.com/jwks.json",
};
const written =
  '{ kind: "jwt", issuer: "https://login.example.com", jwksEndpoint: "https://login.example.com/jwks.json", claims: [] }';
const controllers = { awsLoadBalancerController: {}, gatewayApiCrds: {} };
const trustStores = {
  trustStores: {
    partners: { authorities: [`-----BEGIN CERTIFICATE-----\n${"A".repeat(64)}\n-----END CERTIFICATE-----\n`] },
  },
};

/** A route whose client's secret External Secrets is to read. */
const signingIn = (controllers: object) =>
  workload(
    {
      routes: [
        {
          kind: "alb",
          host: "shop.example.com",
          certificate: "web",
          callers: {
            kind: "oidc",
            issuer: "https://login.example.com",
            authorizationEndpoint: "https://login.example.com/authorize",
            tokenEndpoint: "https://login.example.com/token",
            userInfoEndpoint: "https://login.example.com/userinfo",
            secretName: "login-client",
            client: { secret: "dev/login" },
          },
        },
      ],
    },
    {
      dns: { zones: { "example.com": { kind: "create" } } },
      certificates: { web: { kind: "acm", hosts: ["shop.example.com"] } },
      controllers: { awsLoadBalancerController: {}, ...controllers },
    },
  );

export const wrongCallers: readonly WrongEnvironment[] = [
  {
    rule: "an ALB checks callers by HTTPS alone",
    environment: workload({ routes: [{ kind: "alb", callers: jwt }] }),
    reported: [
      [
        "workloads.shop.routes[0].callers",
        written,
        "An ALB checks callers where they come by HTTPS, and there is no certificate.",
        "Name a certificate.",
      ],
    ],
  },
  {
    rule: "so does a gateway's",
    environment: workload(
      { routes: [{ kind: "gateway", gateway: "front", callers: jwt }] },
      { controllers, gateways: { front: { kind: "alb" } } },
    ),
    reported: [
      [
        "workloads.shop.routes[0].callers",
        written,
        "An ALB checks callers where they come by HTTPS, and there is no certificate.",
        "Name a certificate.",
      ],
    ],
  },
  {
    rule: "an NLB asks nobody who calls",
    environment: workload(
      { routes: [{ kind: "gateway", gateway: "front", listenerPort: 5432, callers: jwt }] },
      { controllers, gateways: { front: { kind: "nlb", listeners: [{ kind: "tcp", port: 5432 }] } } },
    ),
    reported: [
      [
        "workloads.shop.routes[0].callers",
        written,
        "The gateway front is an NLB, which forwards connections and asks nobody who calls.",
        'Name a gateway of kind "alb", which asks.',
      ],
    ],
  },
  {
    rule: "a trust store is one of those that are declared",
    environment: workload(
      { routes: [{ kind: "alb", host: "www.example.com", certificate: "web", clientCertificates: "partner" }] },
      { ...zones, ...certificates, ...trustStores },
    ),
    reported: [
      [
        "workloads.shop.routes[0].clientCertificates",
        '"partner"',
        "It is none of the trust stores in `trustStores`.",
        'Did you mean "partners"? Otherwise add `"partner": { authorities: [...] }` to `trustStores`.',
      ],
    ],
  },
  {
    rule: "client certificates come by TLS",
    environment: workload({ routes: [{ kind: "alb", clientCertificates: "partners" }] }, trustStores),
    reported: [
      [
        "workloads.shop.routes[0].clientCertificates",
        '"partners"',
        "A caller shows a certificate in TLS, and the door has no certificate itself, so TLS never begins.",
        "Name a certificate.",
      ],
    ],
  },
  {
    rule: "mutual TLS of an API has no way around it",
    environment: workload(
      { routes: [{ kind: "api-gateway", api: "store", path: "/shop" }] },
      {
        ...zones,
        ...trustStores,
        certificates: { web: { kind: "acm", hosts: ["api.example.com"] } },
        apis: {
          store: {
            kind: "http",
            customDomain: {
              name: "api.example.com",
              zone: "example.com",
              certificate: "web",
              clientCertificates: "partners",
            },
          },
        },
      },
    ),
    reported: [
      [
        "apis.store.disableExecuteApiEndpoint",
        "false",
        "The domain asks callers for a certificate, and the name of API Gateway's own lets them in without one.",
        "Write `disableExecuteApiEndpoint: true`.",
      ],
    ],
  },
  {
    rule: "network policies are enforced by the VPC CNI",
    environment: cluster({ addons: { "vpc-cni": "off" } }, { networkPolicies: "from-routes" }),
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
    rule: "a call leads to a workload that there is",
    environment: workload({ calls: [{ kind: "workload", workload: "shpo" }] }, { networkPolicies: "from-routes" }),
    reported: [
      [
        "workloads.shop.calls[0].workload",
        '"shpo"',
        "It is none of the workloads.",
        'Did you mean "shop"? Otherwise name a workload, or a network by its `cidr`.',
      ],
    ],
  },
  {
    rule: "Emissary asks workloads that there are",
    environment: workload(
      {},
      { controllers: { awsLoadBalancerController: {}, emissary: { externalAuth: { workload: "auth" } } } },
    ),
    reported: [
      [
        "controllers.emissary.externalAuth.workload",
        '"auth"',
        "It is none of the workloads, and while nobody answers Emissary lets no call through.",
        "Add it to `workloads`.",
      ],
    ],
  },
  {
    rule: "an authority is a certificate in PEM",
    environment: environment({ trustStores: { partners: { authorities: ["certs/ca.pem"] } } }),
    reported: [
      [
        "trustStores.partners.authorities[0]",
        '"certs/ca.pem"',
        "It is one certificate in PEM, from BEGIN CERTIFICATE to END CERTIFICATE.",
        'Write a value such as "-----BEGIN CERTIFICATE-----\\nMIIBgjCCASegAwIBAgIU\\n-----END CERTIFICATE-----\\n".',
      ],
    ],
  },
  {
    rule: "the secret of a client has who makes a Secret of it",
    environment: signingIn({}),
    reported: [
      [
        "workloads.shop.routes[0].callers.client.secret",
        '"dev/login"',
        "`controllers.externalSecrets` makes the Secret of it, and it is not enabled.",
        "Add `externalSecrets: {}` to `controllers`.",
      ],
    ],
  },
  {
    rule: "the secret of a client lies where External Secrets reads",
    environment: signingIn({ externalSecrets: { prefix: "platform" } }),
    reported: [
      [
        "workloads.shop.routes[0].callers.client.secret",
        '"dev/login"',
        "External Secrets reads the secrets `platform/…` alone.",
        'Keep it as "platform/login".',
      ],
    ],
  },
];
