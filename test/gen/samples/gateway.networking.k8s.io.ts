import type { Gateway } from "../../../.gen/gateway.networking.k8s.io/v1/gateway";
import type { GatewayClass } from "../../../.gen/gateway.networking.k8s.io/v1/gateway-class";
import type { HTTPRoute } from "../../../.gen/gateway.networking.k8s.io/v1/http-route";
import type { TCPRoute } from "../../../.gen/gateway.networking.k8s.io/v1/tcp-route";

export const gatewayClass: GatewayClass = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "GatewayClass",
  metadata: { name: "alb" },
  spec: {
    controllerName: "gateway.k8s.aws/alb",
    parametersRef: {
      group: "gateway.k8s.aws",
      kind: "LoadBalancerConfiguration",
      name: "public",
      namespace: "default",
    },
  },
};

export const gateway: Gateway = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "mesh-1", namespace: "mesh-test" },
  spec: {
    gatewayClassName: "amazon-vpc-lattice",
    listeners: [
      { name: "http", protocol: "HTTP", port: 80, allowedRoutes: { namespaces: { from: "All" } } },
      {
        name: "https",
        protocol: "HTTPS",
        port: 443,
        tls: { mode: "Terminate", options: { "application-networking.k8s.aws/certificate-arn": "arn:aws:acm:..." } },
      },
    ],
  },
};

export const httpRoute: HTTPRoute = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name: "svc-v", namespace: "mesh-test" },
  spec: {
    parentRefs: [{ name: "mesh-1", sectionName: "http" }],
    hostnames: ["books.example.com"],
    rules: [
      {
        matches: [{ path: { type: "PathPrefix", value: "/" }, method: "GET" }],
        backendRefs: [
          { name: "svc-1", port: 80, weight: 1 },
          { group: "application-networking.k8s.aws", kind: "ServiceImport", name: "svc-2", weight: 1 },
        ],
      },
      {
        matches: [{ path: { type: "Exact", value: "/old" } }],
        filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }],
      },
    ],
  },
};

export const tcpRoute: TCPRoute = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "TCPRoute",
  metadata: { name: "queue", namespace: "default" },
  spec: { parentRefs: [{ name: "nlb" }], rules: [{ backendRefs: [{ name: "queue", port: 5672 }] }] },
};
