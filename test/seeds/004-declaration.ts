import seeds from "../../environments/seeds";
import type { EnvironmentInput } from "../../modules/config/environment";

type Mesh = NonNullable<EnvironmentInput["mesh"]>;

/** One nginx of the seed, which starts as root to listen on 80. */
function nginx(labels: Readonly<Record<string, string>>, service: string) {
  return {
    namespace: "mesh-test",
    image: { name: "public.ecr.aws/nginx/nginx", tag: "1.30.4" },
    names: { container: "nginx", service },
    labels: { ...labels },
    port: 80,
    probes: { readiness: { kind: "http" as const, path: "/" } },
    security: {
      kind: "baseline" as const,
      reason: "The stock nginx image starts as root, and so does the container that App Mesh's injector adds.",
    },
  };
}

/** What seed 004 adds to the environment. */
const seed004 = {
  acknowledgeEndOfLife: { appMesh: "2026-09-30" },
  workloads: {
    "nginx-1": nginx({ app: "sample1", server: "nginx-1" }, "svc-1"),
    "nginx-2": nginx({ app: "sample1", server: "nginx-2" }, "svc-2"),
    "nginx-x": nginx({ app: "client" }, "svc-x"),
  },
  mesh: {
    kind: "app-mesh",
    name: "mesh-1",
    namespace: "mesh-test",
    egress: "ALLOW_ALL",
    services: {
      "svc-v": {
        router: "vrouter-1",
        route: "route-1",
        versions: [
          { workload: "nginx-1", node: "vnode-1", weight: 1 },
          { workload: "nginx-2", node: "vnode-2", weight: 1 },
        ],
      },
    },
    clients: { "vnode-x": { workload: "nginx-x", backends: ["svc-v"] } },
    gateway: {
      name: "gateway-v",
      port: 8088,
      maxConnections: 1024,
      replicas: 1,
      exposure: "internet-facing",
      routes: [{ name: "gateway-v-route-v", prefix: "/", service: "svc-v" }],
    },
    proxyServiceAccount: "appmesh-proxyauth",
  },
} satisfies Partial<EnvironmentInput>;

const merged: EnvironmentInput & { readonly mesh: Mesh } = {
  ...seeds,
  acknowledgeEndOfLife: { ...seeds.acknowledgeEndOfLife, ...seed004.acknowledgeEndOfLife },
  workloads: { ...seeds.workloads, ...seed004.workloads },
  mesh: seeds.mesh ?? seed004.mesh,
};

/** The seeds with their mesh, of one kind or the other: the kind is all that differs. */
export function seedsWithMesh(kind: Mesh["kind"]): EnvironmentInput & { readonly mesh: Mesh } {
  return { ...merged, mesh: { ...merged.mesh, kind } };
}
