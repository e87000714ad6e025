import { defineEnvironment } from "../platform/define-environment";
import {
  apiUser,
  author,
  book,
  bookApi,
  bookApiName,
  demoApi,
  domain,
  healthy,
  mesh,
  meshMembers,
  plainHttp,
  predictServer,
  repositories,
} from "./data/seed-systems";

/**
 * The published systems this project was built to carry, all at once and as they were published. docs/seeds.md says what
 * was wrong in each. AWS makes no App Mesh any more: seeds-today.ts is the one to apply.
 */
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
  registry: { repositories },
  dns: { zones: { [domain]: { kind: "create" } } },
  identity: {
    workloads: "irsa",
    kube2iamRoles: { "kube2iam-ingress-role": {} },
    users: { [apiUser]: {} },
  },
  controllers: {
    certManager: {},
    awsLoadBalancerController: {},
    emissary: {
      replicas: 3,
      adminService: { kind: "NodePort", reason: "The published system has it so, on nodes of private subnets." },
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
  apis: { [bookApiName]: bookApi, demo: demoApi },
  workloads: {
    "predict-server": predictServer,
    book: { ...book, aws: { kind: "kube2iam", role: "kube2iam-ingress-role" } },
    author,
    healthy,
    ...meshMembers,
  },
  mesh: { kind: "app-mesh", ...mesh },
});
