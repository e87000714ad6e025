import type { GatewayRoute } from "../../../.gen/appmesh.k8s.aws/v1beta2/gateway-route";
import type { VirtualGateway } from "../../../.gen/appmesh.k8s.aws/v1beta2/virtual-gateway";
import { gatewayLabels } from "../members";
import type { Mesh, MeshGateway } from "../schema";
import { meshLabels } from "./additions";

const apiVersion = "appmesh.k8s.aws/v1beta2";

/** What the gateway's Envoys listen on. */
export function virtualGateway(gateway: MeshGateway, mesh: Mesh): VirtualGateway {
  return {
    apiVersion,
    kind: "VirtualGateway",
    metadata: { name: gateway.name, namespace: mesh.namespace },
    spec: {
      namespaceSelector: { matchLabels: meshLabels(mesh) },
      podSelector: { matchLabels: { ...gatewayLabels } },
      listeners: [
        {
          portMapping: { port: gateway.port, protocol: "http" },
          connectionPool: { http: { maxConnections: gateway.maxConnections } },
        },
      ],
      logging: { accessLog: { file: { path: "/dev/stdout" } } },
    },
  };
}

/** Where requests go from the gateway. The controller itself finds gateway and mesh, and refuses them from anyone else. */
export function gatewayRoutes(gateway: MeshGateway, mesh: Mesh): readonly GatewayRoute[] {
  return gateway.routes.map(({ name, prefix, service }) => ({
    apiVersion,
    kind: "GatewayRoute",
    metadata: { name, namespace: mesh.namespace },
    spec: {
      httpRoute: {
        match: { prefix },
        action: {
          target: { virtualService: { virtualServiceRef: { name: service } } },
          // App Mesh's default would cut the prefix off.
          ...(prefix === "/" ? {} : { rewrite: { prefix: { defaultPrefix: "DISABLED" as const } } }),
        },
      },
    },
  }));
}
