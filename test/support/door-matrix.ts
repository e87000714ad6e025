import type { EnvironmentInput } from "../../platform/environment";
import { minimal } from "./minimal";

/** What a door is asked for in each cell of the matrix. */
export const axes = {
  exposure: ["internal", "internet-facing"],
  tls: ["clear", "made-here", "by-arn"],
  networks: ["any", "cidrs", "lists"],
  callers: ["anyone", "oidc", "cognito", "jwt", "client-certificates"],
} as const;

type Exposure = (typeof axes.exposure)[number];
type Tls = (typeof axes.tls)[number];
type Networks = (typeof axes.networks)[number];
type Callers = (typeof axes.callers)[number];
type Workload = NonNullable<EnvironmentInput["workloads"]>[string];
type Route = NonNullable<Workload["routes"]>[number];
type Gateway = NonNullable<EnvironmentInput["gateways"]>[string];

export interface Cell {
  readonly door: "alb" | "nlb" | "gateway";
  readonly exposure: Exposure;
  readonly tls: Tls;
  readonly networks: Networks;
  readonly callers: Callers;
}

const arn = "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555";
const plainHttp = { reason: "Nothing that callers send or get is a secret." };
const authority = `-----BEGIN CERTIFICATE-----\n${"A".repeat(64)}\n-----END CERTIFICATE-----\n`;
const issuer = "https://login.example.com";

const networks = {
  any: {},
  cidrs: { inboundCidrs: ["192.0.2.0/24"] },
  lists: { inboundLists: ["pl-0123456789abcdef0"] },
};

const checks: Readonly<Record<Callers, Extract<Route, { readonly kind: "alb" }>["callers"]>> = {
  anyone: { kind: "anyone" },
  oidc: {
    kind: "oidc",
    issuer,
    authorizationEndpoint: `${issuer}/authorize`,
    tokenEndpoint: `${issuer}/token`,
    userInfoEndpoint: `${issuer}/userinfo`,
    secretName: "login-client",
  },
  cognito: {
    kind: "cognito",
    userPoolArn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abcdefghi",
    userPoolClientId: "client",
    userPoolDomain: "example",
  },
  jwt: { kind: "jwt", issuer, jwksEndpoint: `${issuer}/jwks.json` },
  "client-certificates": { kind: "anyone" },
};

/** A door that says who may call says it of HTTPS; an NLB sees no caller. */
function cells(exposure: Exposure): readonly Cell[] {
  const product = axes.tls.flatMap((tls) => axes.networks.map((one) => ({ exposure, tls, networks: one })));
  return product.flatMap((cell): readonly Cell[] => {
    const callers = axes.callers.filter((one) => one === "anyone" || cell.tls !== "clear");
    return [
      ...callers.flatMap((one) => (["alb", "gateway"] as const).map((door) => ({ ...cell, door, callers: one }))),
      { ...cell, door: "nlb", callers: "anyone" },
    ];
  });
}

/** Every cell there is. */
export const doorMatrix: readonly Cell[] = axes.exposure.flatMap(cells);

/** What the door of a cell is called in its environment. */
export function nameOf({ door, tls, networks: one, callers }: Cell): string {
  return `${door}-${tls}-${one}-${callers}`;
}

/** The environment that has a cell. */
export const environmentOf = ({ exposure }: Pick<Cell, "exposure">) =>
  exposure === "internal" ? "doors-internal" : "doors-public";

function routeOf(cell: Cell): Route {
  const tls = { clear: { plainHttp }, "made-here": { certificate: "web" }, "by-arn": { certificateArn: arn } }[
    cell.tls
  ];
  const name = nameOf(cell);
  const host = `${name}.example.com`;
  const common = { name, exposure: cell.exposure, ...networks[cell.networks], ...tls };
  const callers = checks[cell.callers];
  const authorities = cell.callers === "client-certificates" ? { clientCertificates: "partners" } : {};
  switch (cell.door) {
    case "alb":
      return { kind: "alb", host, ...common, callers, ...authorities };
    case "nlb":
      return { kind: "nlb", ...common };
    case "gateway":
      return { kind: "gateway", name, gateway: name, host, callers };
  }
}

function gatewayOf(cell: Cell): Gateway {
  const tls = {
    clear: { plainHttp },
    "made-here": { certificates: ["web"] },
    "by-arn": { certificateArns: [arn] },
  }[cell.tls];
  const authorities = cell.callers === "client-certificates" ? { clientCertificates: "partners" } : {};
  return { kind: "alb", exposure: cell.exposure, ...networks[cell.networks], ...tls, ...authorities };
}

/** The environment of an exposure, with a door of its own for each cell. */
export function doorEnvironment(exposure: Exposure): EnvironmentInput {
  const all = cells(exposure);
  return {
    ...minimal(environmentOf({ exposure })),
    dns: { zones: { "example.com": { kind: "create" } } },
    certificates: { web: { kind: "acm", hosts: ["*.example.com"] } },
    trustStores: { partners: { authorities: [authority] } },
    controllers: {
      awsLoadBalancerController: {},
      gatewayApiCrds: {},
      // Of these an environment has one, so each exposure shows the TLS and networks that the other does not.
      emissary: {
        exposure: { kind: exposure },
        ...(exposure === "internal" ? { certificateArn: arn, ...networks.lists } : { plainHttp, ...networks.cidrs }),
      },
      nginx: {
        kind: "f5",
        exposure,
        ...(exposure === "internal" ? { certificate: "web", ...networks.cidrs } : { plainHttp, ...networks.lists }),
      },
    },
    gateways: Object.fromEntries(
      all.filter(({ door }) => door === "gateway").map((cell) => [nameOf(cell), gatewayOf(cell)]),
    ),
    workloads: {
      shop: {
        namespace: "shop",
        image: { name: "example.com/shop", tag: "1.0.0" },
        port: 8080,
        routes: [
          ...all.map(routeOf),
          { kind: "ambassador", host: "emissary.example.com" },
          { kind: "nginx", name: "shop-nginx", host: "nginx.example.com" },
        ],
      },
    },
  };
}

/** All of them, by name. */
export const doorEnvironments: Readonly<Record<string, EnvironmentInput>> = Object.fromEntries(
  axes.exposure.map((exposure) => [environmentOf({ exposure }), doorEnvironment(exposure)]),
);
