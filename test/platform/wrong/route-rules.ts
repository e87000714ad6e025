import { environment, type WrongEnvironment, workload, workloads } from "../fixtures";

export const wrongRouteRules: readonly WrongEnvironment[] = [
  {
    rule: "a route has its controller",
    environment: workload({ routes: [{ kind: "ambassador", prefix: "/shop" }] }),
    reported: [
      [
        "workloads.shop.routes[0].kind",
        '"ambassador"',
        "Routes of this kind go through `controllers.emissary`, which is not enabled.",
        "Add `emissary: {}` to `controllers`.",
      ],
    ],
  },
  {
    rule: "Emissary has who makes its load balancer",
    environment: environment({ controllers: { emissary: {} } }),
    reported: [
      [
        "controllers.emissary",
        '{ releaseName: "ambassador", namespace: "emissary", replicas: 3, exposure: { kind: "internal" }, inboundCidrs: [], in...',
        "Its load balancer is made by the AWS Load Balancer Controller, which is not enabled, so its address would stay pending.",
        "Add `awsLoadBalancerController: {}` to `controllers`.",
      ],
    ],
  },
  {
    rule: "two routes behind one entrance differ in host or path",
    environment: workloads(
      {
        shop: { routes: [{ kind: "ambassador", prefix: "/api/" }] },
        cart: { routes: [{ kind: "ambassador", prefix: "/api" }] },
      },
      { controllers: { awsLoadBalancerController: {}, emissary: {} } },
    ),
    reported: [
      [
        "workloads.cart.routes[0]",
        '{ kind: "ambassador", host: "*", path: "/api" }',
        "`workloads.shop.routes[0]` has the same host and path behind the same entrance, so one of the two is never reached.",
        "Give one of them another host or path.",
      ],
    ],
  },
  {
    rule: "two routes of one ALB differ in host or path",
    environment: workloads({
      shop: { routes: [{ kind: "alb", group: "web" }] },
      cart: { routes: [{ kind: "alb", group: "web" }] },
    }),
    reported: [
      [
        "workloads.cart.routes[0]",
        '{ kind: "alb", host: "*", path: "/" }',
        "`workloads.shop.routes[0]` has the same host and path behind the same entrance, so one of the two is never reached.",
        "Give one of them another host or path.",
      ],
    ],
  },
  {
    rule: "routes of one ALB agree on who can reach it",
    environment: workloads({
      shop: { routes: [{ kind: "alb", group: "web", path: "/shop" }] },
      cart: {
        routes: [
          {
            kind: "alb",
            group: "web",
            path: "/cart",
            exposure: "internet-facing",
            plainHttp: { reason: "Nothing that is secret goes through it." },
          },
        ],
      },
    }),
    reported: [
      [
        "workloads.cart.routes[0].exposure",
        '"internet-facing"',
        "Routes of the group web share one ALB, which has one scheme; workloads.shop.routes[0] says something else.",
        "Write the same `exposure` in both, or leave one of them out of the group.",
      ],
    ],
  },
  {
    rule: "routes of one ALB agree on HTTPS",
    environment: workloads({
      shop: {
        routes: [
          {
            kind: "alb",
            group: "web",
            path: "/shop",
            certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1",
          },
        ],
      },
      cart: { routes: [{ kind: "alb", group: "web", path: "/cart" }] },
    }),
    reported: [
      [
        "workloads.cart.routes[0].certificateArn",
        "nothing",
        "Routes of the group web share one ALB, which has HTTPS for all of its hosts or for none; workloads.shop.routes[0] says something else.",
        "Write the same `certificateArn` in both, or leave one of them out of the group.",
      ],
    ],
  },
];
