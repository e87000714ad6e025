import type { EnvironmentInput } from "../../platform/environment";
import { minimal } from "./minimal";

/** A block in PEM that nothing reads. */
const authority = `-----BEGIN CERTIFICATE-----\n${"A".repeat(64)}\n-----END CERTIFICATE-----\n`;

const workload = { namespace: "shop", image: { name: "example.com/shop", tag: "1.0.0" }, port: 8080 } as const;

/** Every door with a certificate made here, and every way to say who may call and what pods may talk to. */
export const safeDoors: EnvironmentInput = {
  ...minimal("safe"),
  network: { kind: "create", cidr: "10.50.0.0/16", zones: ["a", "b"] },
  dns: { zones: { "example.com": { kind: "create" } } },
  networkPolicies: "from-routes",
  loadBalancers: { accessLogs: { kind: "on" }, deletionProtection: true, shieldAdvanced: true },
  certificates: {
    web: { kind: "acm", hosts: ["example.com", "*.example.com"] },
    elsewhere: { kind: "acm", hosts: ["shop.example.org"], validation: { kind: "elsewhere" } },
    inside: {
      kind: "private-ca",
      hosts: ["inside.example.com"],
      authorityArn: "arn:aws:acm-pca:us-west-2:123456789012:certificate-authority/11111111-2222-4333-8444-555555555555",
    },
  },
  trustStores: { partners: { authorities: [authority] } },
  webAcls: {
    front: {
      mode: "block",
      requestsPerFiveMinutes: 2000,
      networks: { kind: "block", cidrs: ["203.0.113.0/24"] },
      countries: { kind: "allow-only", codes: ["DE", "FR"] },
    },
  },
  controllers: {
    certManager: {
      issuers: { public: { kind: "acme", email: "platform@example.com" }, inside: { kind: "cluster-ca" } },
    },
    awsLoadBalancerController: {},
    gatewayApiCrds: {},
    emissary: {
      exposure: { kind: "internet-facing" },
      certificate: "web",
      hsts: {},
      inboundCidrs: ["192.0.2.0/24"],
      externalAuth: { workload: "cart" },
      rateLimit: { workload: "cart" },
    },
    nginx: { kind: "f5", exposure: "internet-facing", certificate: "web", hsts: {} },
  },
  gateways: {
    front: {
      kind: "alb",
      exposure: "internet-facing",
      certificates: ["web", "elsewhere"],
      clientCertificates: "partners",
      webAcl: "front",
      hsts: {},
    },
    ports: { kind: "nlb", listeners: [{ kind: "tls", port: 8443, certificate: "inside" }] },
  },
  apis: {
    partners: {
      kind: "rest",
      webAcl: "front",
      disableExecuteApiEndpoint: true,
      authorization: { kind: "LAMBDA", functionArn: "arn:aws:lambda:us-west-2:123456789012:function:authorizer" },
      customDomain: {
        name: "api.example.com",
        zone: "example.com",
        certificate: "web",
        clientCertificates: "partners",
      },
    },
    programs: {
      kind: "http",
      authorization: { kind: "LAMBDA", functionArn: "arn:aws:lambda:us-west-2:123456789012:function:authorizer" },
    },
  },
  workloads: {
    shop: {
      ...workload,
      calls: [{ kind: "workload", workload: "cart" }, { kind: "internet" }],
      routes: [
        {
          kind: "alb",
          host: "shop.example.com",
          exposure: "internet-facing",
          certificate: "web",
          webAcl: "front",
          hsts: {},
          inboundLists: ["pl-0123456789abcdef0"],
          callers: {
            kind: "oidc",
            issuer: "https://login.example.com",
            authorizationEndpoint: "https://login.example.com/authorize",
            tokenEndpoint: "https://login.example.com/token",
            userInfoEndpoint: "https://login.example.com/userinfo",
            secretName: "login-client",
          },
        },
        { kind: "ambassador", host: "ambassador.example.com" },
        { kind: "nginx", name: "shop-nginx", host: "nginx.example.com" },
        { kind: "cloudfront", name: "shop-edge", host: "edge.example.com", certificate: "web", webAcl: "front" },
        { kind: "nlb", exposure: "internet-facing", tlsInPods: true },
        { kind: "api-gateway", name: "partners", api: "partners", path: "/shop" },
        { kind: "api-gateway", name: "programs", api: "programs", path: "/shop" },
      ],
    },
    cart: {
      ...workload,
      calls: [{ kind: "network", cidr: "10.9.0.0/16", ports: [5432] }],
      aws: { kind: "role" },
      routes: [
        {
          kind: "gateway",
          gateway: "front",
          host: "cart.example.com",
          path: "/cart",
          match: { method: "GET", headers: { "x-version": "2" }, query: { preview: "yes" } },
          rewrite: { prefix: "/", host: "cart.internal.example.com" },
          canary: { workload: "shop", percent: 10 },
          callers: {
            kind: "jwt",
            issuer: "https://login.example.com",
            jwksEndpoint: "https://login.example.com/jwks.json",
            claims: [{ name: "scope", format: "space-separated-values", values: ["cart.read"] }],
          },
        },
        {
          kind: "alb",
          name: "cart-partners",
          host: "partners.example.com",
          certificate: "web",
          clientCertificates: "partners",
          callers: {
            kind: "cognito",
            userPoolArn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abcdefghi",
            userPoolClientId: "client",
            userPoolDomain: "example",
          },
        },
        { kind: "gateway", name: "cart-port", gateway: "ports", listenerPort: 8443 },
      ],
    },
  },
};
