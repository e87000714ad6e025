import { environment, type WrongEnvironment, workload, workloads } from "../fixtures";

const controllers = { awsLoadBalancerController: {}, nginx: { kind: "f5" } };
const host = "shop.example.com";

export const wrongNginx: readonly WrongEnvironment[] = [
  {
    rule: "the retired nginx needs its end acknowledged, and the message names the one word that replaces it",
    environment: environment({ controllers: { awsLoadBalancerController: {}, nginx: { kind: "community" } } }),
    reported: [
      [
        "controllers.nginx",
        '"ingress-nginx 4.15.1"',
        "It reached its end on 2026-03 and is no longer maintained.",
        'Choose controllers.nginx.kind "f5" instead of "community", or routes of kind "gateway"; to keep it with open eyes, add `acknowledgeEndOfLife: { ingressNginx: "2026-03" }` to the environment.',
      ],
    ],
  },
  {
    rule: "a route through nginx needs nginx",
    environment: workload({ routes: [{ kind: "nginx" }] }),
    reported: [
      [
        "workloads.shop.routes[0].kind",
        '"nginx"',
        "Routes of this kind go through `controllers.nginx`, which is not enabled.",
        'Add `nginx: { kind: "f5" }` to `controllers`.',
      ],
    ],
  },
  {
    rule: "a host has one certificate",
    environment: workloads(
      {
        cart: { routes: [{ kind: "nginx", host, path: "/cart", tls: { secretName: "cart-tls" } }] },
        till: { routes: [{ kind: "nginx", host, path: "/till", tls: { secretName: "till-tls" } }] },
      },
      { controllers },
    ),
    reported: [
      [
        "workloads.till.routes[0].tls",
        '{ secretName: "till-tls" }',
        "`workloads.cart.routes[0]` has the Secret default/cart-tls for the same host, and this one would be default/till-tls; nginx uses one of them for both.",
        "Write `tls` in one of the two; it counts for the whole host.",
      ],
    ],
  },
  {
    rule: "TLS needs a host",
    environment: workload({ routes: [{ kind: "nginx", tls: { secretName: "shop-tls" } }] }, { controllers }),
    reported: [
      [
        "workloads.shop.routes[0].tls",
        '{ secretName: "shop-tls" }',
        "The route is for every host, and nginx picks a certificate by the host that a caller names.",
        "Write the certificate's host, or take tls out.",
      ],
    ],
  },
];
