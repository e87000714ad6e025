import { describe, expect, it } from "vitest";
import { traceOf } from "../../../commands/doors/trace";
import { findingsOf, type Hole } from "../../../commands/doors/way";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { minimal } from "../../support/minimal";

type Controllers = NonNullable<EnvironmentInput["controllers"]>;
type Workload = NonNullable<EnvironmentInput["workloads"]>[string];
type Routes = NonNullable<Workload["routes"]>;

const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555";
const webAclArn = "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/front/11111111-2222-4333-8444-555555555555";
const host = "shop.example.com";
const internetFacing = "internet-facing" as const;
const plainHttp = { reason: "Nothing that is secret goes through it." };
const zones = { dns: { zones: { "example.com": { kind: "create" as const } } } };
const record = { kind: "route53", zone: "example.com" } as const;

interface Good {
  readonly name: string;
  readonly routes: Routes;
  readonly more?: Partial<EnvironmentInput>;
  readonly controllers?: Controllers;
  readonly workload?: Partial<Workload>;
  /** Weaker choices that the environment makes, which are said. */
  readonly weak?: readonly Hole[];
}

const albs: readonly Good[] = [
  { name: "an internal ALB", routes: [{ kind: "alb" }] },
  { name: "an internal ALB with a host", routes: [{ kind: "alb", host }] },
  { name: "an internal ALB with networks", routes: [{ kind: "alb", inboundCidrs: ["10.0.0.0/8"] }] },
  { name: "an internal ALB with a certificate", routes: [{ kind: "alb", host, certificateArn }] },
  {
    name: "a public ALB with a certificate",
    routes: [{ kind: "alb", host, exposure: internetFacing, certificateArn }],
  },
  {
    name: "a public ALB with TLS 1.3 alone",
    routes: [
      { kind: "alb", host, exposure: internetFacing, certificateArn, sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" },
    ],
  },
  {
    name: "a public ALB for some networks",
    routes: [{ kind: "alb", host, exposure: internetFacing, certificateArn, inboundCidrs: ["203.0.113.0/24"] }],
  },
  {
    name: "a public ALB without TLS for some networks",
    routes: [{ kind: "alb", host, exposure: internetFacing, plainHttp, inboundCidrs: ["203.0.113.0/24"] }],
  },
  {
    name: "a public ALB with a web ACL",
    routes: [{ kind: "alb", host, exposure: internetFacing, certificateArn, webAclArn }],
  },
  {
    name: "a public ALB with its record",
    routes: [{ kind: "alb", host, exposure: internetFacing, certificateArn, dns: record }],
    more: zones,
  },
  {
    name: "an ALB whose record ExternalDNS makes",
    routes: [{ kind: "alb", host, dns: { kind: "external-dns" } }],
    more: zones,
    controllers: { externalDns: {} },
  },
  {
    name: "two routes of one group",
    routes: [
      { kind: "alb", name: "one", host, group: "front" },
      { kind: "alb", name: "two", host, path: "/api", group: "front" },
    ],
  },
  {
    name: "a public ALB without TLS",
    routes: [{ kind: "alb", host, exposure: internetFacing, plainHttp }],
    weak: ["clear-text"],
  },
];

const nlbs: readonly Good[] = [
  { name: "an internal NLB", routes: [{ kind: "nlb" }] },
  { name: "an internal NLB on another port", routes: [{ kind: "nlb", port: 5432 }] },
  { name: "an internal NLB with networks", routes: [{ kind: "nlb", inboundCidrs: ["10.0.0.0/8", "172.16.0.0/12"] }] },
  { name: "an internal NLB with a certificate", routes: [{ kind: "nlb", certificateArn }] },
  { name: "a public NLB with a certificate", routes: [{ kind: "nlb", exposure: internetFacing, certificateArn }] },
  {
    name: "a public NLB for some networks",
    routes: [{ kind: "nlb", exposure: internetFacing, plainHttp, inboundCidrs: ["203.0.113.0/24"] }],
  },
  {
    name: "two NLBs of one workload",
    routes: [
      { kind: "nlb", name: "one" },
      { kind: "nlb", name: "two", port: 81 },
    ],
  },
  { name: "an NLB beside an ALB", routes: [{ kind: "nlb" }, { kind: "alb" }] },
];

const proxies: readonly Good[] = [
  { name: "a Mapping of an internal Emissary", routes: [{ kind: "ambassador" }], controllers: { emissary: {} } },
  {
    name: "a Mapping with host and prefix",
    routes: [{ kind: "ambassador", host, prefix: "/shop" }],
    controllers: { emissary: {} },
  },
  {
    name: "two Mappings",
    routes: [
      { kind: "ambassador", name: "one", host },
      { kind: "ambassador", name: "two", host: "api.example.com" },
    ],
    controllers: { emissary: {} },
  },
  {
    name: "Emissary in a namespace of its own",
    routes: [{ kind: "ambassador", host }],
    controllers: { emissary: { namespace: "edge", releaseName: "edge" } },
  },
  {
    name: "a Mapping with its record",
    routes: [{ kind: "ambassador", host, dns: record }],
    controllers: { emissary: {} },
    more: zones,
  },
  {
    name: "an Ingress of an internal nginx",
    routes: [{ kind: "nginx", host }],
    controllers: { nginx: { kind: "f5" } },
  },
  {
    name: "an Ingress of nginx below a path",
    routes: [{ kind: "nginx", host, path: "/shop" }],
    controllers: { nginx: { kind: "f5" } },
  },
  {
    name: "an Ingress of nginx with its record",
    routes: [{ kind: "nginx", host, dns: record }],
    controllers: { nginx: { kind: "f5" } },
    more: zones,
  },
  {
    name: "two hosts through one nginx",
    routes: [
      { kind: "nginx", name: "one", host },
      { kind: "nginx", name: "two", host: "api.example.com" },
    ],
    controllers: { nginx: { kind: "f5" } },
  },
];

const gateways: readonly Good[] = [
  {
    name: "an internal Gateway",
    routes: [{ kind: "gateway", gateway: "front", host }],
    more: { gateways: { front: { kind: "alb" } } },
  },
  {
    name: "a public Gateway with a certificate",
    routes: [{ kind: "gateway", gateway: "front", host }],
    more: { gateways: { front: { kind: "alb", exposure: internetFacing, certificateArns: [certificateArn] } } },
  },
  {
    name: "a Gateway for some networks",
    routes: [{ kind: "gateway", gateway: "front", host }],
    more: { gateways: { front: { kind: "alb", inboundCidrs: ["10.0.0.0/8"] } } },
  },
  {
    name: "two Gateways of one workload",
    routes: [
      { kind: "gateway", gateway: "front", name: "one", host },
      { kind: "gateway", gateway: "back", name: "two", host },
    ],
    more: { gateways: { front: { kind: "alb" }, back: { kind: "alb" } } },
  },
  {
    name: "a Gateway in a namespace of its own",
    routes: [{ kind: "gateway", gateway: "front", host }],
    more: { gateways: { front: { kind: "alb", namespace: "edge" } } },
  },
].map((good) => ({ ...good, controllers: { gatewayApiCrds: {} } }) as Good);

const apis: readonly Good[] = [
  {
    name: "a signed route of an HTTP API",
    routes: [{ kind: "api-gateway", api: "shop", path: "/shop" }],
    more: { apis: { shop: { kind: "http" } } },
  },
  {
    name: "a signed method of a REST API",
    routes: [{ kind: "api-gateway", api: "shop", path: "/shop" }],
    more: { apis: { shop: { kind: "rest", stage: { name: "v1" } } }, apiGateway: { logsRole: "create" } },
  },
  {
    name: "an HTTP API with tokens",
    routes: [{ kind: "api-gateway", api: "shop", path: "/" }],
    more: {
      apis: {
        shop: { kind: "http", authorization: { kind: "JWT", issuer: "https://login.example.com", audience: ["shop"] } },
      },
    },
  },
  {
    name: "an HTTP API that asks nobody, for a reason",
    routes: [{ kind: "api-gateway", api: "shop", path: "/shop" }],
    more: { apis: { shop: { kind: "http", authorization: { kind: "NONE", reason: "it is public" } } } },
    weak: ["anyone-may-call"],
  },
  { name: "CloudFront by its own name", routes: [{ kind: "cloudfront" }] },
  {
    name: "CloudFront beside an internal ALB",
    routes: [
      { kind: "cloudfront", name: "front" },
      { kind: "alb", host },
    ],
  },
] as readonly Good[];

const workloads: readonly Good[] = [
  { name: "a workload on another port", routes: [{ kind: "alb" }], workload: { port: 3000 } },
  { name: "a workload in a namespace of its own", routes: [{ kind: "alb" }], workload: { namespace: "store" } },
  { name: "a workload without a route", routes: [] },
];

const all = [...albs, ...nlbs, ...proxies, ...gateways, ...apis, ...workloads];

function environmentOf({ routes, more = {}, controllers = {}, workload = {} }: Good): EnvironmentInput {
  const base = minimal("good");
  return {
    ...base,
    ...more,
    controllers: { ...base.controllers, ...controllers },
    workloads: { shop: { image: { name: "example.com/shop", tag: "1.0.0" }, port: 8080, ...workload, routes } },
  };
}

describe("a good environment", () => {
  it.each(all)("has no hole but what it chose itself: $name", (good) => {
    const stacks = synthStacks(environmentOf(good));
    expect(findingsOf(traceOf({ name: "good", stacks })).map(({ hole }) => hole)).toEqual(good.weak ?? []);
  });

  it("is one of forty at least", () => {
    expect(all.length).toBeGreaterThanOrEqual(40);
  });
});
