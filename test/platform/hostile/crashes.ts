import { cluster, environment, workload, workloads } from "../fixtures";

/** An environment that once ended in a stack trace, and what it is refused for. */
export interface Hostile {
  readonly rule: string;
  readonly environment: unknown;
}

const image = { repository: "shop", tag: "1.0.0" };
const zones = { dns: { zones: { "example.com": { kind: "create" } } } };
const own = (key: string, value: unknown): object => Object.defineProperty({}, key, { value, enumerable: true });
const circular: Record<string, unknown> = {};
circular["itself"] = circular;

/** Names that every object of JavaScript has. */
const names = ["constructor", "toString", "__proto__"];

export const crashes: readonly Hostile[] = [
  {
    rule: "two routes of a workload through API Gateway with one name",
    environment: workload(
      {
        routes: ["/orders", "/carts"].map((path) => ({ kind: "api-gateway", name: "shop", api: "shop", path })),
      },
      { apis: { shop: { kind: "rest" } } },
    ),
  },
  {
    rule: "a workload behind an ALB and an NLB of the Gateway API, both routes without a name",
    environment: workload(
      {
        routes: [
          { kind: "gateway", gateway: "front", host: "shop.example.com" },
          { kind: "gateway", gateway: "ports", listenerPort: 5432 },
        ],
      },
      {
        controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {} },
        gateways: { front: { kind: "alb" }, ports: { kind: "nlb", listeners: [{ kind: "tcp", port: 5432 }] } },
      },
    ),
  },
  ...[
    { name: "nginx:1.28", tag: "1.28" },
    { name: "nginx", tag: "1 28" },
  ].map((proxy) => ({
    rule: `a reverse proxy of the image ${proxy.name} and the tag ${proxy.tag}`,
    environment: environment({
      apis: { shop: { kind: "rest", reverseProxy: { kind: "nginx", image: proxy } } },
    }),
  })),
  {
    rule: "users whose addresses in Terraform would be one",
    environment: environment({ identity: { users: { "a+b": {}, a_b: {} } } }),
  },
  {
    rule: "kube2iam roles whose addresses in Terraform would be one",
    environment: environment({ identity: { kube2iamRoles: { "a.b": {}, a_b: {} } } }),
  },
  {
    rule: "repositories whose addresses in Terraform would be one",
    environment: environment({ registry: { repositories: { "app.web": {}, app_web: {} } } }),
  },
  {
    rule: "a usage plan with one key twice",
    environment: environment({
      apis: {
        shop: {
          kind: "rest",
          usagePlan: { keys: { kind: "in-state", names: ["k", "k"], reason: "A partner's contract says so." } },
        },
      },
    }),
  },
  {
    rule: "a role with one policy twice",
    environment: environment({
      identity: {
        kube2iamRoles: {
          gateway: {
            policyArns: ["arn:aws:iam::123456789012:policy/bob", "arn:aws:iam::123456789012:policy/team/bob"],
          },
        },
      },
    }),
  },
  {
    rule: "kube2iam where there is no node group",
    environment: cluster(
      { nodeGroups: {}, autoMode: { kind: "on" } },
      {
        controllers: { kube2iam: {} },
        identity: { kube2iamRoles: { reader: {} } },
        workloads: {},
      },
    ),
  },
  {
    rule: "kube2iam roles where there is no node group",
    environment: cluster(
      { nodeGroups: {}, autoMode: { kind: "on" } },
      { controllers: {}, identity: { kube2iamRoles: { reader: {} } } },
    ),
  },
  ...names.flatMap((name) => [
    {
      rule: `a workload called ${name}`,
      environment: environment({ workloads: own(name, { image, port: 8080 }) }),
    },
    { rule: `a namespace called ${name}`, environment: environment({ namespaces: own(name, {}) }) },
    { rule: `a repository called ${name}`, environment: environment({ registry: { repositories: own(name, {}) } }) },
    { rule: `a node group called ${name}`, environment: cluster({ nodeGroups: own(name, {}) }) },
    {
      rule: `an access entry called ${name}`,
      environment: cluster({
        access: own(name, { principalArn: "arn:aws:iam::123456789012:role/operators" }),
      }),
    },
    { rule: `a gateway called ${name}`, environment: environment({ gateways: own(name, { kind: "alb" }) }) },
    {
      rule: `a Fargate profile called ${name}`,
      environment: cluster({ fargateProfiles: own(name, { selectors: [{ namespace: "shop" }] }) }),
    },
    { rule: `a user called ${name}`, environment: environment({ identity: { users: own(name, {}) } }) },
    {
      rule: `a kube2iam role called ${name}`,
      environment: environment({ identity: { kube2iamRoles: own(name, {}) } }),
    },
    {
      rule: `a route through the gateway ${name}, which nobody declared`,
      environment: workload(
        { routes: [{ kind: "gateway", gateway: name }] },
        { controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {} } },
      ),
    },
    {
      rule: `a route through the API ${name}, which nobody declared`,
      environment: workload({ routes: [{ kind: "api-gateway", api: name, path: "/" }] }),
    },
    {
      rule: `a member of a mesh called ${name}, which nobody declared`,
      environment: environment({
        mesh: {
          kind: "lattice",
          name: "shop",
          namespace: "shop",
          services: { cart: { versions: [{ workload: name, weight: 1 }] } },
        },
      }),
    },
    {
      rule: `a path of a ConfigMap for the key ${name}, which it has not`,
      environment: workload({
        configMaps: { settings: { data: { "a.json": "{}" }, mountPath: "/etc/shop", paths: own(name, "a.json") } },
      }),
    },
    {
      rule: `a variable from the ConfigMap's key ${name}, which it has not`,
      environment: workload({
        configMaps: { settings: { data: { "a.json": "{}" } } },
        environment: { SETTING: { configMap: "settings", key: name } },
      }),
    },
    {
      rule: `a variable from the ConfigMap ${name}, which nobody declared`,
      environment: workload({ environment: { SETTING: { configMap: name, key: "a.json" } } }),
    },
    {
      rule: `an image of the repository ${name}, which nobody declared`,
      environment: workloads({ shop: { image: { repository: name, tag: "1.0.0" } } }),
    },
  ]),
  {
    rule: "an add-on's configuration that contains itself",
    environment: cluster({ addons: { coredns: { configuration: { tolerations: circular } } } }),
  },
  {
    rule: "an add-on's configuration that is read by code",
    environment: cluster({
      addons: {
        coredns: {
          configuration: {
            get tolerations() {
              throw new Error("read");
            },
          },
        },
      },
    }),
  },
  {
    rule: "an add-on's configuration that is nested without end in sight",
    environment: cluster({
      addons: {
        coredns: {
          configuration: { deep: JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`) },
        },
      },
    }),
  },
  { rule: "tags in a Map", environment: { ...environment(zones), aws: new Map([["region", "us-west-2"]]) } },
  { rule: "a date", environment: cluster({ version: new Date(0) }) },
  { rule: "half a pair of UTF-16", environment: workload({ args: ["\ud800"] }) },
  { rule: "a character that YAML refuses", environment: workload({ environment: { BELL: "\u0007" } }) },
];
