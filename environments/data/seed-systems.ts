import type { ApiRest, MeshLattice, Workload } from "../../platform/environment-input";
import { authorFiles, bookFiles, staticJsonServer } from "./books";

/** What the published systems are made of, whoever carries them. */

/** Domain of system 003. */
export const domain = "callmeradical.com";

/** None of the systems had a certificate. */
export const plainHttp = { reason: "The published system is called by HTTP, and carries no secret." };

/** Repositories that the systems' own images are pushed to. */
export const repositories = { "predict-server-image-eks": {}, healthy: {} };

/** The user that calls the API of 002 from outside AWS. */
export const apiUser = "apigw-user";

/** 000 and 001: one service behind Ambassador and behind an ALB. */
export const predictServer: Workload = {
  image: { repository: "predict-server-image-eks", tag: "1.0.0" },
  names: { deployment: "predict-pod", container: "predict-container" },
  labels: { app: "predict-pod" },
  replicas: 1,
  port: 5001,
  command: ["/bin/sh", "-c"],
  args: ["gunicorn app:app -k uvicorn.workers.UvicornWorker --bind 0.0.0.0:5001 --workers 1 --threads 1 --backlog 256"],
  probes: { readiness: { kind: "http", path: "/health" } },
  temporaryDirectories: ["/tmp"],
  routes: [
    { kind: "ambassador", name: "api-mapping", prefix: "/health" },
    { kind: "alb", exposure: "internet-facing", plainHttp, healthCheckPath: "/health" },
  ],
};

/** 002: the API. The original controller named everything it made after its Ingress. */
export const bookApiName = "api-95d8427d";

export const bookApi: ApiRest = {
  kind: "rest",
  endpoint: { kind: "EDGE" },
  authorization: { kind: "AWS_IAM" },
  clientUsers: [apiUser],
  stage: { name: "prod" },
  reverseProxy: { kind: "nginx", replicas: 3, port: 8080 },
};

/** Static JSON, served by an nginx that needs no root. */
const staticJson: Omit<Workload, "probes"> = {
  image: { name: "nginxinc/nginx-unprivileged", tag: "1.28.0" },
  replicas: 1,
  port: 80,
  security: { kind: "restricted", runAsUser: 101 },
  temporaryDirectories: ["/tmp"],
};

/** 002: two services behind one REST API. */
export const book: Workload = {
  ...staticJson,
  names: { deployment: "book-deployment", service: "bookservice" },
  configMaps: {
    "book-content": { data: bookFiles, mountPath: "/usr/share/nginx/html/api/book" },
    "book-server": { data: staticJsonServer, mountPath: "/etc/nginx/conf.d" },
  },
  probes: { readiness: { kind: "http", path: "/api/book/list" } },
  routes: [{ kind: "api-gateway", api: bookApiName, path: "/api/book" }],
};

export const author: Workload = {
  ...staticJson,
  names: { deployment: "author-deployment", service: "authorservice" },
  configMaps: {
    "author-content": { data: authorFiles, mountPath: "/usr/share/nginx/html/api/author" },
    "author-server": { data: staticJsonServer, mountPath: "/etc/nginx/conf.d" },
  },
  probes: { readiness: { kind: "http", path: "/api/author/list" } },
  routes: [{ kind: "api-gateway", api: bookApiName, path: "/api/author" }],
};

/** 003: the API that calls a public name. */
export const demoApi: ApiRest = {
  kind: "rest",
  authorization: { kind: "NONE", reason: "The tutorial calls its health check without signing." },
  stage: { name: "v1", description: "v1 of our api" },
  deployment: { description: "first deployment" },
};

/** 003: a public name through nginx, a REST API that calls that name, and beside them nginx's living successor. */
export const healthy: Workload = {
  image: { repository: "healthy", tag: "1.0.0" },
  names: { service: "healthy-app" },
  replicas: 1,
  port: 8080,
  servicePort: 80,
  probes: { readiness: { kind: "http", path: "/health" } },
  routes: [
    {
      kind: "nginx",
      name: "demo-app-ingress",
      host: `demo.${domain}`,
      path: "/health",
      dns: { kind: "route53", zone: domain },
    },
    {
      kind: "api-gateway",
      api: "demo",
      path: "/health",
      match: { kind: "exact", method: "GET" },
      integration: {
        kind: "public-host",
        host: `demo.${domain}`,
        tls: { kind: "off", reason: "The tutorial's ingress has no certificate." },
        type: "HTTP",
      },
    },
    { kind: "gateway", gateway: "public", path: "/health" },
  ],
};

/** The stock nginx of the mesh. */
const meshNginx: Workload = {
  namespace: "mesh-test",
  image: { name: "public.ecr.aws/nginx/nginx", tag: "1.30.4" },
  port: 80,
  probes: { readiness: { kind: "http", path: "/" } },
  security: {
    kind: "baseline",
    reason: "The stock nginx image starts as root, and so does the container that App Mesh's injector adds.",
  },
};

/** 004: two versions of one service in a mesh, and a client. */
export const meshMembers: Readonly<Record<string, Workload>> = {
  "nginx-1": {
    ...meshNginx,
    names: { container: "nginx", service: "svc-1" },
    labels: { app: "sample1", server: "nginx-1" },
  },
  "nginx-2": {
    ...meshNginx,
    names: { container: "nginx", service: "svc-2" },
    labels: { app: "sample1", server: "nginx-2" },
  },
  "nginx-x": { ...meshNginx, names: { container: "nginx", service: "svc-x" }, labels: { app: "client" } },
};

/** 004: how they call each other; one declaration for each kind of mesh. */
export const mesh: Omit<MeshLattice, "kind"> = {
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
    plainHttp,
    routes: [{ name: "gateway-v-route-v", prefix: "/", service: "svc-v" }],
  },
  proxyServiceAccount: "appmesh-proxyauth",
};
