import { type WrongEnvironment, workloads } from "../fixtures";

const zones = { dns: { zones: { "example.com": { kind: "create" } } } };
const web = { certificates: { web: { kind: "acm", hosts: ["*.example.com"] } }, ...zones };
const host = "shop.example.com";

const authority = `-----BEGIN CERTIFICATE-----\n${"A".repeat(64)}\n-----END CERTIFICATE-----\n`;
const trustStores = { partners: { authorities: [authority] }, staff: { authorities: [authority] } };

/** Two routes of one ALB that differ in a field. */
const group = (one: object, other: object, rest: object = {}) =>
  workloads(
    {
      shop: { routes: [{ kind: "alb", host, group: "web", path: "/shop", ...one }] },
      cart: { routes: [{ kind: "alb", host, group: "web", path: "/cart", ...other }] },
    },
    rest,
  );

const webAclArn = "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/front/11111111-2222-4333-8444-555555555555";

/** What one ALB has once, and its routes ask for in two ways. */
export const wrongGroups: readonly WrongEnvironment[] = [
  {
    rule: "routes of one ALB agree on the TLS policy",
    environment: group(
      { certificate: "web", sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" },
      { certificate: "web" },
      web,
    ),
    reported: [
      [
        "workloads.cart.routes[0].sslPolicy",
        '"ELBSecurityPolicy-TLS13-1-2-2021-06"',
        "Routes of the group web share one ALB, which has one TLS policy; workloads.shop.routes[0] says something else.",
        "Write the same `sslPolicy` in both, or leave one of them out of the group.",
      ],
    ],
  },
  {
    rule: "routes of one ALB agree on HSTS",
    environment: group({ certificate: "web", hsts: {} }, { certificate: "web" }, web),
    reported: [
      [
        "workloads.cart.routes[0].hsts",
        "nothing",
        "Routes of the group web share one ALB, which has one Strict-Transport-Security header; workloads.shop.routes[0] says something else.",
        "Write the same `hsts` in both, or leave one of them out of the group.",
      ],
    ],
  },
  {
    rule: "routes of one ALB agree on the networks that may connect",
    environment: group({ inboundCidrs: ["10.0.0.0/8"] }, {}),
    reported: [
      [
        "workloads.cart.routes[0].inboundCidrs",
        "[]",
        "Routes of the group web share one ALB, which has one list of networks; workloads.shop.routes[0] says something else.",
        "Write the same `inboundCidrs` in both, or leave one of them out of the group.",
      ],
    ],
  },
  {
    rule: "routes of one ALB agree on the prefix lists that may connect",
    environment: group({ inboundLists: ["pl-0123456789abcdef0"] }, { inboundLists: ["pl-0123456789abcdef1"] }),
    reported: [
      [
        "workloads.cart.routes[0].inboundLists",
        '["pl-0123456789abcdef1"]',
        "Routes of the group web share one ALB, which has one list of networks; workloads.shop.routes[0] says something else.",
        "Write the same `inboundLists` in both, or leave one of them out of the group.",
      ],
    ],
  },
  {
    rule: "routes of one ALB agree on whose client certificates count",
    environment: group(
      { certificate: "web", clientCertificates: "partners" },
      { certificate: "web", clientCertificates: "staff" },
      { ...web, trustStores },
    ),
    reported: [
      [
        "workloads.cart.routes[0].clientCertificates",
        '"staff"',
        "Routes of the group web share one ALB, which has one trust store; workloads.shop.routes[0] says something else.",
        "Write the same `clientCertificates` in both, or leave one of them out of the group.",
      ],
    ],
  },
  {
    rule: "routes of one ALB agree on the web ACL",
    environment: group({ webAcl: "front" }, {}, { webAcls: { front: {} } }),
    reported: [
      [
        "workloads.cart.routes[0].webAcl",
        "nothing",
        "Routes of the group web share one ALB, which has one web ACL; workloads.shop.routes[0] says something else.",
        "Write the same `webAcl` in both, or leave one of them out of the group.",
      ],
    ],
  },
  {
    rule: "routes of one ALB agree on the web ACL made elsewhere",
    environment: group({ webAclArn }, {}),
    reported: [
      [
        "workloads.cart.routes[0].webAclArn",
        "nothing",
        "Routes of the group web share one ALB, which has one web ACL; workloads.shop.routes[0] says something else.",
        "Write the same `webAclArn` in both, or leave one of them out of the group.",
      ],
    ],
  },
];
