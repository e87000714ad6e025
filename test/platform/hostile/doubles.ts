import { access, cluster, dev, environment, operators, workload, workloads } from "../fixtures";
import type { Hostile } from "./crashes";

const proxied = { kind: "rest", reverseProxy: { kind: "nginx" } };
const through = (options: object) => ({ kind: "api-gateway", api: "d", path: "/", ...options });
const role = { aws: { kind: "role" } };
const long = (label: string) => `${label.repeat(64)}.example.com`;

/** What was accepted in one environment and failed, or misled, when it was applied. */
export const doubles: readonly Hostile[] = [
  {
    rule: "a workload with two listeners in one API",
    environment: workload(
      { routes: [through({ path: "/a" }), through({ path: "/b", name: "b", listenerPort: 8081 })] },
      { apis: { d: { kind: "http" } } },
    ),
  },
  {
    rule: "a workload beside a reverse proxy of its name",
    environment: workloads({ "d-reverse-proxy": {}, shop: { routes: [through({})] } }, { apis: { d: proxied } }),
  },
  {
    rule: "a kube2iam role that is called like a workload's",
    environment: workload(role, { identity: { kube2iamRoles: { "dev-shop": {} } } }),
  },
  {
    rule: "a kube2iam role that is called like the nodes'",
    environment: environment({ identity: { kube2iamRoles: { "dev-node": {} } } }),
  },
  {
    rule: "users that differ in case alone",
    environment: environment({ identity: { users: { ab: {}, AB: {} } } }),
  },
  {
    rule: "a cluster whose only entry may look and not touch",
    environment: cluster({ access: { team: { ...operators, policies: [{ policy: "view" }] } } }),
  },
  {
    rule: "a cluster whose administrator administers one namespace",
    environment: cluster({
      access: {
        team: {
          ...operators,
          policies: [{ policy: "cluster-admin", scope: { kind: "namespaces", namespaces: ["shop"] } }],
        },
      },
    }),
  },
  {
    rule: "an access entry of another account, without a word of it",
    environment: cluster({
      access: {
        ...access,
        team: { principalArn: "arn:aws:iam::210987654321:role/team", policies: [{ policy: "view" }] },
      },
    }),
  },
  {
    rule: "a word of another account where the principal is of this one",
    environment: cluster({
      access: { operators: { ...operators, otherAccount: { reason: "Our support partner looks after it." } } },
    }),
  },
  {
    rule: "a region that no partition has",
    environment: environment({ aws: { region: "us-wset-2", accountId: "123456789012" } }),
  },
  {
    rule: "a region of the European Sovereign Cloud with ARNs of the partition aws",
    environment: environment({ aws: { region: "eusc-de-east-1", accountId: "123456789012" } }),
  },
  ...["//a", "/a/../b", "/a/.", "/a%2fb", "/ä", "/${x}"].map((path) => ({
    rule: `the path ${path}`,
    environment: workload({ routes: [{ kind: "alb", path }] }),
  })),
  ...["//a", "/a/../b", "/ä", "/${x}"].map((path) => ({
    rule: `the path ${path} of an HTTPRoute`,
    environment: workload(
      { routes: [{ kind: "gateway", gateway: "front", path }] },
      { controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {} }, gateways: { front: { kind: "alb" } } },
    ),
  })),
  ...[long("a"), `${"a.".repeat(126)}example.com`].map((host) => ({
    rule: `a host of ${host.length} characters`,
    environment: workload({ routes: [{ kind: "alb", host }] }),
  })),
  ...[
    [{ key: "a b\n", effect: "NO_SCHEDULE" }],
    [{ key: "a", value: "b c", effect: "NO_SCHEDULE" }],
    [
      { key: "a", value: "b", effect: "PREFER_NO_SCHEDULE" },
      { key: "a", value: "c", effect: "PREFER_NO_SCHEDULE" },
    ],
  ].map((taints) => ({
    rule: `taints ${JSON.stringify(taints)}`,
    environment: cluster({ nodeGroups: { general: { taints } } }),
  })),
  {
    rule: "a Fargate selector that no namespace fits",
    environment: cluster({ fargateProfiles: { shop: { selectors: [{ namespace: "a b" }] } } }),
  },
  {
    rule: "a policy's namespace that no namespace fits",
    environment: cluster({
      access: {
        ...access,
        team: {
          principalArn: "arn:aws:iam::123456789012:role/team",
          policies: [{ policy: "view", scope: { kind: "namespaces", namespaces: ["Shop!"] } }],
        },
      },
    }),
  },
  {
    rule: "a group with a line break",
    environment: cluster({
      access: { ...access, team: { principalArn: "arn:aws:iam::123456789012:role/team", groups: ["a\nb"] } },
    }),
  },
  {
    rule: "a Secret's key with a slash",
    environment: workload({ environment: { PASSWORD: { secret: "shop", key: "a/b c" } } }),
  },
  {
    rule: "a mount path with a colon",
    environment: workload({ configMaps: { settings: { data: { "a.json": "{}" }, mountPath: "/a:b" } } }),
  },
  { rule: "the root as a temporary directory", environment: workload({ temporaryDirectories: ["/"] }) },
  ...["", "a b"].map((key) => ({
    rule: `an annotation of Emissary's pods with the key ${JSON.stringify(key)}`,
    environment: environment({
      controllers: { awsLoadBalancerController: {}, emissary: { podAnnotations: { [key]: "x" } } },
    }),
  })),
  ...["StringEqualz", ""].map((operator) => ({
    rule: `the condition operator ${JSON.stringify(operator)}`,
    environment: workload({
      aws: {
        kind: "role",
        statements: [
          { actions: ["s3:GetObject"], resources: ["*"], conditions: { [operator]: { "aws:SourceIp": "10.0.0.1" } } },
        ],
      },
    }),
  })),
  ...[{ sessionName: "a b" }, { externalId: "a\tb" }, { roleArn: "arn:aws:s3:::bucket" }].map((options) => ({
    rule: `to assume a role with ${JSON.stringify(options)}`,
    environment: cluster(
      {},
      {
        aws: {
          ...dev.aws,
          assumeRole: { roleArn: operators.principalArn, ...options },
        },
      },
    ),
  })),
  ...[
    { keyPrefix: "a\nb/" },
    { roleArn: "arn:aws:s3:::x" },
    { kmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555" },
  ].map((options) => ({
    rule: `a state in S3 with ${JSON.stringify(options)}`,
    environment: environment({ state: { kind: "s3", bucket: "example-terraform-state", ...options } }),
  })),
  {
    rule: "a role's policy that is a role",
    environment: workload({ aws: { kind: "role", policyArns: ["arn:aws:iam::123456789012:role/operators"] } }),
  },
  {
    rule: "a binary media type that is none",
    environment: environment({ apis: { shop: { kind: "rest", binaryMediaTypes: ["png"] } } }),
  },
  { rule: "memory of nothing", environment: workload({ resources: { limits: { memory: "0" } } }) },
  ...["*", "*.example.com"].map((zone) => ({
    rule: `the zone ${zone}`,
    environment: environment({ dns: { zones: { [zone]: { kind: "create" } } } }),
  })),
  {
    rule: "workloads on node groups that begin without a node",
    environment: cluster({ nodeGroups: { general: { size: { min: 0, desired: 0 } } } }),
  },
];

/** Wrong words: a remedy that is refused next, or a sentence that says the opposite. */
export const words: readonly Hostile[] = [
  { rule: "a VPC of /8", environment: environment({ network: { kind: "create", cidr: "10.10.0.0/8" } }) },
  {
    rule: "an empty text",
    environment: environment({ apis: { shop: { kind: "rest", stage: { description: "" } } } }),
  },
  {
    rule: "a network of Services of /8",
    environment: cluster({ serviceCidr: "10.0.0.0/8" }),
  },
];

const image = { image: { repository: "shop", tag: "1.0.0" }, port: 8080 };
const file = (name: string, options: object): { readonly name: string; readonly value: object } => ({
  name,
  value: {
    ...dev,
    name,
    ...options,
  },
});
const zone = { kind: "existing", zoneId: "Z0123456789ABCDEFGHIJ" };
const domain = {
  name: "api.example.com",
  zone: "example.com",
  certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/1",
};

/** What two environments would make twice. */
export const pairs: readonly { readonly rule: string; readonly files: readonly ReturnType<typeof file>[] }[] = [
  {
    rule: "one custom domain",
    files: ["one", "two"].map((name) =>
      file(name, {
        dns: { zones: { "example.com": zone } },
        apis: { shop: { kind: "http", customDomain: domain } },
        workloads: {
          shop: {
            port: 8080,
            image: { name: "nginx", tag: "1.29.3" },
            routes: [{ kind: "api-gateway", api: "shop", path: "/" }],
          },
        },
      }),
    ),
  },
  {
    rule: "one record in one zone",
    files: ["one", "two"].map((name) =>
      file(name, {
        dns: { zones: { "example.com": zone } },
        workloads: {
          shop: {
            ...image,
            image: { name: "nginx", tag: "1.29.3" },
            routes: [{ kind: "alb", host: "shop.example.com", dns: { kind: "route53", zone: "example.com" } }],
          },
        },
      }),
    ),
  },
  {
    rule: "one zone",
    files: ["one", "two"].map((name) => file(name, { dns: { zones: { "example.com": { kind: "create" } } } })),
  },
  {
    rule: "the account's role for logs of API Gateway",
    files: ["one", "two"].map((name) => file(name, { apiGateway: { logsRole: "create" } })),
  },
  {
    rule: "a role and a policy whose names meet",
    files: [
      file("shop", {
        registry: { repositories: { shop: {} } },
        workloads: {
          "dev-api": {
            ...image,
            aws: { kind: "role", statements: [{ actions: ["s3:GetObject"], resources: ["*"] }] },
          },
        },
      }),
      file("shop-dev", {
        registry: { repositories: { "shop-dev": {} } },
        workloads: {
          api: {
            ...image,
            image: { repository: "shop-dev", tag: "1.0.0" },
            aws: { kind: "role", statements: [{ actions: ["s3:GetObject"], resources: ["*"] }] },
          },
        },
      }),
    ],
  },
  {
    rule: "a log group, a load balancer and a target group whose names meet",
    files: [
      file("shop", {
        apis: { "dev-api": { kind: "http" } },
        workloads: {
          web: {
            port: 8080,
            image: { name: "nginx", tag: "1.29.3" },
            routes: [{ kind: "api-gateway", api: "dev-api", path: "/" }],
          },
        },
      }),
      file("shop-dev", {
        apis: { api: { kind: "http" } },
        workloads: {
          web: {
            port: 8080,
            image: { name: "nginx", tag: "1.29.3" },
            routes: [{ kind: "api-gateway", api: "api", path: "/" }],
          },
        },
      }),
    ],
  },
  {
    rule: "users that differ in case alone",
    files: [file("one", { identity: { users: { caller: {} } } }), file("two", { identity: { users: { Caller: {} } } })],
  },
];
