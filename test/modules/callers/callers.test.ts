import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import {
  customResource,
  customResources,
  metadataOf,
  typedResource,
  typedResources,
} from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";

type Workload = NonNullable<EnvironmentInput["workloads"]>[string];
type Route = NonNullable<Workload["routes"]>[number];
type Callers = NonNullable<Extract<Route, { readonly kind: "alb" }>["callers"]>;

const oidc: Callers = {
  kind: "oidc",
  issuer: "https://login.example.com",
  authorizationEndpoint: "https://login.example.com/authorize",
  tokenEndpoint: "https://login.example.com/token",
  userInfoEndpoint: "https://login.example.com/userinfo",
  secretName: "login-client",
  unauthenticated: "deny",
};
const cognito: Callers = {
  kind: "cognito",
  userPoolArn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abcdefghi",
  userPoolClientId: "client",
  userPoolDomain: "example",
};
const jwt: Callers = {
  kind: "jwt",
  issuer: "https://login.example.com",
  jwksEndpoint: "https://login.example.com/jwks.json",
  claims: [{ name: "scope", format: "space-separated-values", values: ["shop.read"] }],
};

function stacks(route: Route, rest: Partial<EnvironmentInput> = {}) {
  return synthStacks({
    ...minimal(),
    dns: { zones: { "example.com": { kind: "create" } } },
    certificates: { web: { kind: "acm", hosts: ["shop.example.com"] } },
    controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {} },
    gateways: { front: { kind: "alb", certificates: ["web"] } },
    workloads: {
      shop: { namespace: "shop", image: { name: "example.com/shop", tag: "1.0.0" }, port: 8080, routes: [route] },
    },
    ...rest,
  });
}

const alb = (callers: Callers) => stacks({ kind: "alb", host: "shop.example.com", certificate: "web", callers });
const gateway = (callers: Callers) => stacks({ kind: "gateway", gateway: "front", host: "shop.example.com", callers });

function annotations(callers: Callers): Readonly<Record<string, string>> {
  const all = metadataOf(typedResource(alb(callers), "kubernetes_ingress_v1", "shop")).annotations ?? {};
  return Object.fromEntries(
    Object.entries(all).map(([key, value]) => [key.replace("alb.ingress.kubernetes.io/", ""), value]),
  );
}

describe("an ALB lets in", () => {
  it("everybody by default, and asks nobody", () => {
    const all = annotations({ kind: "anyone" });
    for (const key of ["auth-type", "jwt-validation"]) expect(all).not.toHaveProperty(key);
  });

  it("whoever signs in at an OpenID Connect provider, whose client is in a Secret and in no state", () => {
    const all = annotations(oidc);
    expect(all).toMatchObject({
      "auth-type": "oidc",
      "auth-scope": "openid",
      "auth-session-timeout": "604800",
      "auth-on-unauthenticated-request": "deny",
    });
    expect(JSON.parse(all["auth-idp-oidc"] ?? "")).toEqual({
      issuer: "https://login.example.com",
      authorizationEndpoint: "https://login.example.com/authorize",
      tokenEndpoint: "https://login.example.com/token",
      userInfoEndpoint: "https://login.example.com/userinfo",
      secretName: "login-client",
    });
    expect(typedResources(alb(oidc), "kubernetes_secret_v1")).toEqual([]);
  });

  it("whoever signs in at a Cognito user pool, sent there by default", () => {
    const all = annotations(cognito);
    expect(all).toMatchObject({ "auth-type": "cognito", "auth-on-unauthenticated-request": "authenticate" });
    expect(JSON.parse(all["auth-idp-cognito"] ?? "")).toEqual({
      userPoolARN: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abcdefghi",
      userPoolClientID: "client",
      userPoolDomain: "example",
    });
  });

  it("programs with a signed token that claims what it has to", () => {
    expect(JSON.parse(annotations(jwt)["jwt-validation"] ?? "")).toEqual({
      issuer: "https://login.example.com",
      jwksEndpoint: "https://login.example.com/jwks.json",
      additionalClaims: [{ name: "scope", format: "space-separated-values", values: ["shop.read"] }],
    });
  });
});

describe("the Secret of an OpenID Connect client", () => {
  it("is read by the load balancer controller, it alone and no other Secret", () => {
    const made = alb(oidc);
    expect(typedResource(made, "kubernetes_role_v1", "shop-sign-in")).toMatchObject({
      metadata: { namespace: "shop" },
      rule: [{ resources: ["secrets"], resource_names: ["login-client"], verbs: ["get", "list", "watch"] }],
    });
    expect(typedResource(made, "kubernetes_role_binding_v1", "shop-sign-in")).toMatchObject({
      role_ref: { kind: "Role", name: "shop-sign-in" },
      subject: [{ kind: "ServiceAccount", name: "aws-load-balancer-controller", namespace: "kube-system" }],
    });
  });

  it.each([
    ["anyone", { kind: "anyone" } as const],
    ["cognito", cognito],
    ["jwt", jwt],
  ])("is nobody's where callers are of kind %s", (_kind, callers) => {
    expect(typedResources(alb(callers), "kubernetes_role_v1")).toEqual([]);
  });
});

describe("the secret of an OpenID Connect client", () => {
  const made = (callers: Callers) =>
    customResources(
      stacks(
        { kind: "alb", host: "shop.example.com", certificate: "web", callers },
        { controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {}, externalSecrets: {} } },
      ),
    ).filter(({ apiVersion }) => apiVersion.startsWith("external-secrets.io/"));

  it("is read from Secrets Manager by External Secrets, so that Terraform knows its name alone", () => {
    const [store, secret] = made({ ...oidc, client: { secret: "minimal/login" } });
    expect(store).toMatchObject({
      kind: "SecretStore",
      metadata: { name: "shop-sign-in", namespace: "shop" },
      spec: { provider: { aws: { service: "SecretsManager", region: "us-west-2" } } },
    });
    expect(secret).toMatchObject({
      kind: "ExternalSecret",
      spec: {
        secretStoreRef: { kind: "SecretStore", name: "shop-sign-in" },
        target: { name: "login-client" },
        data: [
          { secretKey: "clientID", remoteRef: { key: "minimal/login", property: "clientID" } },
          { secretKey: "clientSecret", remoteRef: { key: "minimal/login", property: "clientSecret" } },
        ],
      },
    });
    expect(JSON.stringify(store)).not.toContain("auth");
  });

  it("is somebody else's to make where nothing is said of it", () => {
    expect(made(oidc)).toEqual([]);
  });
});

describe("a gateway's ALB lets in", () => {
  const rules = (callers: Callers) =>
    customResource(gateway(callers), "ListenerRuleConfiguration", "shop").spec["actions"];

  it("everybody by default, and its route names no configuration", () => {
    const made = gateway({ kind: "anyone" });
    expect(customResources(made).map(({ kind }) => kind)).not.toContain("ListenerRuleConfiguration");
    expect(JSON.stringify(customResource(made, "HTTPRoute", "shop").spec)).not.toContain("ExtensionRef");
  });

  it("whom the configuration beside the route names, which the route asks for", () => {
    expect(JSON.stringify(customResource(gateway(jwt), "HTTPRoute", "shop").spec)).toContain(
      '"filters":[{"type":"ExtensionRef","extensionRef":{"group":"gateway.k8s.aws","kind":"ListenerRuleConfiguration","name":"shop"}}]',
    );
  });

  it("whoever signs in at an OpenID Connect provider", () => {
    expect(rules(oidc)).toMatchObject([
      {
        type: "authenticate-oidc",
        authenticateOIDCConfig: { secret: { name: "login-client" }, onUnauthenticatedRequest: "deny" },
      },
    ]);
    expect(typedResources(gateway(oidc), "kubernetes_role_v1")).toHaveLength(1);
  });

  it("whoever signs in at a Cognito user pool", () => {
    expect(rules(cognito)).toMatchObject([
      { type: "authenticate-cognito", authenticateCognitoConfig: { userPoolClientId: "client" } },
    ]);
  });

  it("programs with a signed token", () => {
    expect(rules(jwt)).toMatchObject([
      { type: "jwt-validation", jwtValidationConfig: { additionalClaims: jwt.claims } },
    ]);
  });
});

describe("prefix lists", () => {
  it("admit their networks at an ALB beside those that are written out", () => {
    const made = stacks({
      kind: "alb",
      host: "shop.example.com",
      certificate: "web",
      inboundLists: ["pl-0123456789abcdef0", "pl-0123456789abcdef1"],
    });
    expect(metadataOf(typedResource(made, "kubernetes_ingress_v1", "shop")).annotations).toMatchObject({
      "alb.ingress.kubernetes.io/security-group-prefix-lists": "pl-0123456789abcdef0,pl-0123456789abcdef1",
    });
  });

  it("admit them at an NLB and at a gateway", () => {
    const made = stacks(
      { kind: "nlb", inboundLists: ["pl-0123456789abcdef0"] },
      { gateways: { front: { kind: "alb", certificates: ["web"], inboundLists: ["pl-0123456789abcdef1"] } } },
    );
    expect(metadataOf(typedResource(made, "kubernetes_service_v1", "shop-nlb")).annotations).toMatchObject({
      "service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists": "pl-0123456789abcdef0",
    });
    expect(customResource(made, "LoadBalancerConfiguration", "front").spec["securityGroupPrefixes"]).toEqual([
      "pl-0123456789abcdef1",
    ]);
  });
});
