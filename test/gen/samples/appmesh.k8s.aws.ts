import type { GatewayRoute } from "../../../.gen/appmesh.k8s.aws/v1beta2/gateway-route";
import type { Mesh } from "../../../.gen/appmesh.k8s.aws/v1beta2/mesh";
import type { VirtualGateway } from "../../../.gen/appmesh.k8s.aws/v1beta2/virtual-gateway";
import type { VirtualNode } from "../../../.gen/appmesh.k8s.aws/v1beta2/virtual-node";
import type { VirtualRouter } from "../../../.gen/appmesh.k8s.aws/v1beta2/virtual-router";
import type { VirtualService } from "../../../.gen/appmesh.k8s.aws/v1beta2/virtual-service";

export const mesh: Mesh = {
  apiVersion: "appmesh.k8s.aws/v1beta2",
  kind: "Mesh",
  metadata: { name: "mesh-1" },
  spec: { egressFilter: { type: "ALLOW_ALL" }, namespaceSelector: { matchLabels: { mesh: "mesh-1" } } },
};

export const virtualNode: VirtualNode = {
  apiVersion: "appmesh.k8s.aws/v1beta2",
  kind: "VirtualNode",
  metadata: { name: "vnode-1", namespace: "mesh-test" },
  spec: {
    podSelector: { matchLabels: { app: "sample1", server: "nginx-1" } },
    listeners: [
      {
        portMapping: { port: 80, protocol: "http" },
        healthCheck: {
          protocol: "http",
          path: "/",
          healthyThreshold: 2,
          unhealthyThreshold: 2,
          intervalMillis: 5000,
          timeoutMillis: 2000,
        },
        timeout: { http: { idle: { unit: "s", value: 60 } } },
      },
    ],
    serviceDiscovery: { dns: { hostname: "svc-1.mesh-test.svc.cluster.local" } },
    backends: [{ virtualService: { virtualServiceRef: { name: "svc-v" } } }],
  },
};

export const virtualRouter: VirtualRouter = {
  apiVersion: "appmesh.k8s.aws/v1beta2",
  kind: "VirtualRouter",
  metadata: { name: "vrouter-1", namespace: "mesh-test" },
  spec: {
    listeners: [{ portMapping: { port: 80, protocol: "http" } }],
    routes: [
      {
        name: "route-1",
        httpRoute: {
          match: { prefix: "/" },
          action: {
            weightedTargets: [
              { virtualNodeRef: { name: "vnode-1" }, weight: 1 },
              { virtualNodeRef: { name: "vnode-2" }, weight: 1 },
            ],
          },
          retryPolicy: {
            maxRetries: 2,
            perRetryTimeout: { unit: "ms", value: 2000 },
            httpRetryEvents: ["server-error", "gateway-error"],
          },
        },
      },
    ],
  },
};

export const virtualService: VirtualService = {
  apiVersion: "appmesh.k8s.aws/v1beta2",
  kind: "VirtualService",
  metadata: { name: "svc-v", namespace: "mesh-test" },
  spec: { provider: { virtualRouter: { virtualRouterRef: { name: "vrouter-1" } } } },
};

export const virtualGateway: VirtualGateway = {
  apiVersion: "appmesh.k8s.aws/v1beta2",
  kind: "VirtualGateway",
  metadata: { name: "gateway-v", namespace: "mesh-test" },
  spec: {
    namespaceSelector: { matchLabels: { mesh: "mesh-1" } },
    podSelector: { matchLabels: { for: "gateway" } },
    listeners: [
      {
        portMapping: { port: 8088, protocol: "http" },
        connectionPool: { http: { maxConnections: 1024 } },
      },
    ],
    logging: { accessLog: { file: { path: "/dev/stdout" } } },
  },
};

export const gatewayRoute: GatewayRoute = {
  apiVersion: "appmesh.k8s.aws/v1beta2",
  kind: "GatewayRoute",
  metadata: { name: "gateway-v-route-v", namespace: "mesh-test" },
  spec: {
    httpRoute: {
      match: { prefix: "/" },
      action: { target: { virtualService: { virtualServiceRef: { name: "svc-v" } } } },
    },
  },
};
