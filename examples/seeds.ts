import { defineEnvironment } from "../platform/define-environment";
import { authorFiles, bookFiles, staticJsonServer } from "./data/books";

/** Static JSON, served by an nginx that needs no root. */
const staticJson = {
  image: { name: "nginxinc/nginx-unprivileged", tag: "1.28.0" },
  replicas: 1,
  port: 80,
  security: { kind: "restricted", runAsUser: 101 },
  temporaryDirectories: ["/tmp"],
} as const;

/** None of the systems had a certificate. */
const plainHttp = { reason: "The published system is called by HTTP, and carries no secret." };

/** The stock nginx of the mesh. */
const meshNginx = {
  namespace: "mesh-test",
  image: { name: "public.ecr.aws/nginx/nginx", tag: "1.30.4" },
  port: 80,
  probes: { readiness: { kind: "http", path: "/" } },
  security: {
    kind: "baseline",
    reason: "The stock nginx image starts as root, and so does the container that App Mesh's injector adds.",
  },
} as const;

/** The published systems this project was built to carry, all at once. docs/seeds.md says what was wrong in each. */
export default defineEnvironment({
  name: "seeds",
  aws: { region: "us-west-2", accountId: "123456789012", tags: { Project: "seeds" } },
  network: { kind: "create", cidr: "10.20.0.0/16", zones: ["a", "b", "c"], nat: "single" },
  acknowledgeEndOfLife: { appMesh: "2026-09-30", ingressNginx: "2026-03" },
  cluster: {
    endpoint: { kind: "public-and-private", cidrs: ["203.0.113.0/24"] },
    access: {
      operators: {
        principalArn: "arn:aws:iam::123456789012:role/platform-operators",
        policies: [{ policy: "cluster-admin" }],
      },
    },
    nodeGroups: {
      general: { instanceTypes: ["m7i.large", "m6i.large"], size: { min: 3, desired: 3, max: 6 } },
    },
  },
  registry: { repositories: { "predict-server-image-eks": {}, healthy: {} } },
  dns: { zones: { "callmeradical.com": { kind: "create" } } },
  identity: {
    workloads: "irsa",
    kube2iamRoles: { "kube2iam-ingress-role": {} },
    users: { "apigw-user": {} },
  },
  controllers: {
    certManager: {},
    awsLoadBalancerController: {},
    emissary: {
      replicas: 3,
      adminService: "NodePort",
      exposure: { kind: "internet-facing", address: { kind: "elastic-ips" } },
      plainHttp,
      podAnnotations: { "sidecar.istio.io/inject": "false" },
    },
    kube2iam: {},
    gatewayApiCrds: {},
    nginx: { kind: "community", exposure: "internet-facing", plainHttp, defaultBackend: { kind: "deployment" } },
  },
  gateways: { public: { kind: "alb", exposure: "internet-facing", plainHttp } },
  apiGateway: { logsRole: "create" },
  apis: {
    // The original controller named everything it made after its Ingress.
    "api-95d8427d": {
      kind: "rest",
      endpoint: { kind: "EDGE" },
      authorization: { kind: "AWS_IAM" },
      clientUsers: ["apigw-user"],
      stage: { name: "prod" },
      reverseProxy: { kind: "nginx", replicas: 3, port: 8080 },
    },
    demo: {
      kind: "rest",
      authorization: { kind: "NONE", reason: "The tutorial calls its health check without signing." },
      stage: { name: "v1", description: "v1 of our api" },
      deployment: { description: "first deployment" },
    },
  },
  workloads: {
    // 000 and 001: one service behind Ambassador and behind an ALB.
    "predict-server": {
      image: { repository: "predict-server-image-eks", tag: "1.0.0" },
      names: { deployment: "predict-pod", container: "predict-container" },
      labels: { app: "predict-pod" },
      replicas: 1,
      port: 5001,
      command: ["/bin/sh", "-c"],
      args: [
        "gunicorn app:app -k uvicorn.workers.UvicornWorker --bind 0.0.0.0:5001 --workers 1 --threads 1 --backlog 256",
      ],
      probes: { readiness: { kind: "http", path: "/health" } },
      temporaryDirectories: ["/tmp"],
      routes: [
        { kind: "ambassador", name: "api-mapping", prefix: "/health" },
        { kind: "alb", exposure: "internet-facing", plainHttp, healthCheckPath: "/health" },
      ],
    },
    // 002: two services behind one REST API.
    book: {
      ...staticJson,
      names: { deployment: "book-deployment", service: "bookservice" },
      configMaps: {
        "book-content": { data: bookFiles, mountPath: "/usr/share/nginx/html/api/book" },
        "book-server": { data: staticJsonServer, mountPath: "/etc/nginx/conf.d" },
      },
      temporaryDirectories: ["/tmp"],
      probes: { readiness: { kind: "http", path: "/api/book/list" } },
      aws: { kind: "kube2iam", role: "kube2iam-ingress-role" },
      routes: [{ kind: "api-gateway", api: "api-95d8427d", path: "/api/book" }],
    },
    author: {
      ...staticJson,
      names: { deployment: "author-deployment", service: "authorservice" },
      configMaps: {
        "author-content": { data: authorFiles, mountPath: "/usr/share/nginx/html/api/author" },
        "author-server": { data: staticJsonServer, mountPath: "/etc/nginx/conf.d" },
      },
      temporaryDirectories: ["/tmp"],
      probes: { readiness: { kind: "http", path: "/api/author/list" } },
      routes: [{ kind: "api-gateway", api: "api-95d8427d", path: "/api/author" }],
    },
    // 003: a public name through nginx, a REST API that calls that name, and beside them nginx's living successor.
    healthy: {
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
          host: "demo.callmeradical.com",
          path: "/health",
          dns: { kind: "route53", zone: "callmeradical.com" },
        },
        {
          kind: "api-gateway",
          api: "demo",
          path: "/health",
          match: { kind: "exact", method: "GET" },
          integration: {
            kind: "public-host",
            host: "demo.callmeradical.com",
            tls: { kind: "off", reason: "The tutorial's ingress has no certificate." },
            type: "HTTP",
          },
        },
        { kind: "gateway", gateway: "public", path: "/health" },
      ],
    },
    // 004: two versions of one service in a mesh, and a client.
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
      plainHttp,
      routes: [{ name: "gateway-v-route-v", prefix: "/", service: "svc-v" }],
    },
    proxyServiceAccount: "appmesh-proxyauth",
  },
});
