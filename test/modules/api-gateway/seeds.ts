import { authorFiles, bookFiles, staticJsonServer } from "../../../environments/data/books";
import seeds from "../../../environments/seeds";
import type { EnvironmentInput } from "../../../modules/config/environment";

const nginx = { name: "nginxinc/nginx-unprivileged", tag: "1.28.0" } as const;

/** The environment `seeds` with the two APIs of its systems. */
export const seedsWithApis: EnvironmentInput = {
  ...seeds,
  identity: { ...seeds.identity, kube2iamRoles: { "kube2iam-ingress-role": {} }, users: { "apigw-user": {} } },
  controllers: { ...seeds.controllers, kube2iam: {} },
  apiGateway: { logsRole: "create" },
  apis: {
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
    ...seeds.workloads,
    book: {
      image: nginx,
      names: { deployment: "book-deployment", service: "bookservice" },
      replicas: 1,
      port: 80,
      security: { kind: "restricted", runAsUser: 101 },
      configMaps: {
        "book-content": { data: bookFiles, mountPath: "/usr/share/nginx/html/api/book" },
        "book-server": { data: staticJsonServer, mountPath: "/etc/nginx/conf.d" },
      },
      temporaryDirectories: ["/tmp"],
      probes: { readiness: { kind: "http", path: "/api/book/list" } },
      routes: [{ kind: "api-gateway", api: "api-95d8427d", path: "/api/book" }],
    },
    author: {
      image: nginx,
      names: { deployment: "author-deployment", service: "authorservice" },
      replicas: 1,
      port: 80,
      security: { kind: "restricted", runAsUser: 101 },
      configMaps: {
        "author-content": { data: authorFiles, mountPath: "/usr/share/nginx/html/api/author" },
        "author-server": { data: staticJsonServer, mountPath: "/etc/nginx/conf.d" },
      },
      temporaryDirectories: ["/tmp"],
      probes: { readiness: { kind: "http", path: "/api/author/list" } },
      routes: [{ kind: "api-gateway", api: "api-95d8427d", path: "/api/author" }],
    },
    healthy: {
      image: { name: "callmeradical/healthy", tag: "1.0.0" },
      names: { service: "healthy-app" },
      replicas: 1,
      port: 8080,
      servicePort: 80,
      probes: { readiness: { kind: "http", path: "/health" } },
      routes: [
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
      ],
    },
  },
};
