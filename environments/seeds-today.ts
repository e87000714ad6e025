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
 * The same five systems as in seeds.ts, carried by what is maintained: VPC Lattice for App Mesh, F5's nginx for the
 * community's, Pod Identity for kube2iam and IRSA. It can be applied.
 */
export default defineEnvironment({
  name: "seeds-today",
  aws: { region: "us-west-2", accountId: "345678901234", tags: { Project: "seeds" } },
  network: { kind: "create", cidr: "10.50.0.0/16", zones: ["a", "b", "c"], nat: "single" },
  cluster: {
    endpoint: { kind: "public-and-private", cidrs: ["203.0.113.0/24"] },
    access: {
      operators: {
        principalArn: "arn:aws:iam::345678901234:role/platform-operators",
        policies: [{ policy: "cluster-admin" }],
      },
    },
    nodeGroups: {
      general: { instanceTypes: ["m7i.large", "m6i.large"], size: { min: 3, desired: 3, max: 6 } },
    },
  },
  registry: { repositories },
  dns: { zones: { [domain]: { kind: "create" } } },
  identity: { users: { [apiUser]: {} } },
  controllers: {
    certManager: {},
    awsLoadBalancerController: {},
    emissary: { exposure: { kind: "internet-facing", address: { kind: "elastic-ips" } }, plainHttp },
    gatewayApiCrds: {},
    nginx: { kind: "f5", exposure: "internet-facing", plainHttp },
  },
  gateways: { public: { kind: "alb", exposure: "internet-facing", plainHttp } },
  apiGateway: { logsRole: "create" },
  apis: { [bookApiName]: bookApi, demo: demoApi },
  workloads: {
    "predict-server": predictServer,
    book: { ...book, aws: { kind: "role" } },
    author,
    healthy,
    ...meshMembers,
  },
  mesh: {
    kind: "lattice",
    authorization: { kind: "NONE", reason: "The published system's curl and nginx sign no call." },
    ...mesh,
  },
});
