import type { Edit, JsonObject } from "../../environment-data";

/** One change of a platform that runs, and what Terraform plans for it. */
export interface Change extends Edit {
  readonly what: string;
  /**
   * By stack, such as `+2 ~1 -1`; `-/+` counts what is replaced. A stack that is not named does not change. Default: it is
   * told, and may be anything that loses nothing.
   */
  readonly planned?: Readonly<Record<string, string>>;
  /** What is meant to go, or to be replaced, although traffic or data may be lost with it: beginnings of addresses. */
  readonly goes?: readonly string[];
  /** Stacks are applied from the last one back, as `docs/upgrading.md` says of what stands on what goes. */
  readonly backwards?: boolean;
  /** Images that the pipeline pushes before, each as `repository:tag`. */
  readonly pushes?: readonly string[];
  /** Roles of IAM that somebody made before. */
  readonly roles?: readonly string[];
  /** Minor version of Kubernetes that everything of the cluster follows to. */
  readonly kubernetes?: string;
  /** Nodes that an autoscaler leaves running before, by node group; the group has as many afterwards. */
  readonly nodes?: Readonly<Record<string, number>>;
}

/** What stands before the first change. */
export const platform: JsonObject = {
  name: "dev",
  aws: { region: "eu-west-1", accountId: "123456789012" },
  network: { kind: "create", cidr: "10.10.0.0/16", zones: ["a", "b"], nat: "single" },
  cluster: {
    version: "1.34",
    endpoint: { kind: "public-and-private", cidrs: ["203.0.113.0/24"] },
    access: {
      operators: {
        principalArn: "arn:aws:iam::123456789012:role/platform-operators",
        policies: [{ policy: "cluster-admin" }],
      },
    },
    nodeGroups: { general: { instanceTypes: ["m7i.large"], size: { min: 2, desired: 2, max: 4 } } },
    addons: {},
  },
  registry: {
    repositories: {
      shop: { images: { kind: "delete-with-repository", reason: "this environment comes and goes with its images" } },
    },
  },
  dns: {
    zones: {
      "dev.example.com": {
        kind: "create",
        foreignRecords: { kind: "delete", reason: "this environment comes and goes with its records" },
      },
    },
  },
  identity: {},
  controllers: { certManager: {}, awsLoadBalancerController: {}, externalDns: { policy: "sync" } },
  apis: {},
  workloads: {
    shop: {
      namespace: "shop",
      image: { repository: "shop", tag: "1.0.0" },
      port: 8080,
      routes: [{ kind: "alb", host: "shop.dev.example.com", dns: { kind: "external-dns" } }],
    },
  },
};

const basket = {
  namespace: "shop",
  image: { name: "public.ecr.aws/nginx/nginx", tag: "1.28.0" },
  port: 8080,
  routes: [{ kind: "alb", host: "basket.dev.example.com" }],
};
const alb = { kind: "alb", host: "shop.dev.example.com", dns: { kind: "external-dns" } };
const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-4333-8444-555555555555";

/** Changes of the cluster and of what it stands on, each on top of those before it. */
export const ofTheCluster: readonly Change[] = [
  {
    what: "Kubernetes 1.34 to 1.35",
    set: { "cluster.version": "1.35" },
    planned: { cluster: "~7" },
    kubernetes: "1.35",
  },
  {
    what: "Kubernetes 1.35 to 1.36",
    set: { "cluster.version": "1.36" },
    planned: { cluster: "~7" },
    kubernetes: "1.36",
  },
  {
    what: "other instance types",
    set: { "cluster.nodeGroups.general.instanceTypes": ["m6i.large"] },
    planned: { cluster: "-/+1" },
    goes: ["aws_eks_node_group.cluster_nodes_general"],
    nodes: { general: 3 },
  },
  { what: "more nodes at most", set: { "cluster.nodeGroups.general.size.max": 6 }, planned: { cluster: "~1" } },
  {
    what: "a label of nodes",
    set: { "cluster.nodeGroups.general.labels": { team: "shop" } },
    planned: { cluster: "~1" },
  },
  { what: "a second node group", set: { "cluster.nodeGroups.spot": { capacity: "SPOT" } }, planned: { cluster: "+2" } },
  {
    what: "a node group less",
    planned: { cluster: "-2" },
    remove: ["cluster.nodeGroups.spot"],
    goes: ["aws_eks_node_group.cluster_nodes_spot"],
  },
  { what: "a repository", set: { "registry.repositories.basket": {} }, planned: { cluster: "+2" } },
  {
    what: "a repository less",
    planned: { cluster: "-2" },
    remove: ["registry.repositories.basket"],
    goes: ["aws_ecr_repository.registry_basket"],
  },
  {
    what: "an access entry",
    roles: ["developers"],
    set: {
      "cluster.access.developers": {
        principalArn: "arn:aws:iam::123456789012:role/developers",
        policies: [{ policy: "edit", scope: { kind: "namespaces", namespaces: ["shop"] } }],
      },
    },
  },
  { what: "an access entry less", remove: ["cluster.access.developers"] },
  {
    what: "one more network at the public endpoint",
    set: { "cluster.endpoint.cidrs": ["203.0.113.0/24", "198.51.100.0/24"] },
  },
  { what: "logs kept for a year", set: { "cluster.logs": { retentionDays: 365 } } },
  { what: "an add-on more", set: { "cluster.addons.metrics-server": {} } },
  { what: "a tag on everything", set: { "aws.tags": { CostCenter: "platform" } } },
];

/** Changes of workloads, doors and the controllers behind them, each on top of those before it. */
export const ofDoors: readonly Change[] = [
  {
    what: "Emissary and a route through it",
    planned: { controllers: "+4", apps: "+1" },
    set: {
      "controllers.emissary": {},
      "workloads.shop.routes": [alb, { kind: "ambassador", host: "api.dev.example.com", prefix: "/shop" }],
    },
  },
  {
    what: "Emissary and its route less",
    planned: { apps: "-1", controllers: "-4" },
    remove: ["controllers.emissary"],
    set: { "workloads.shop.routes": [alb] },
    goes: ["kubernetes_namespace_v1.namespace_emissary", "helm_release.emissary"],
    backwards: true,
  },
  {
    what: "another policy of ExternalDNS",
    set: { "controllers.externalDns.policy": "upsert-only" },
    planned: { controllers: "~1" },
  },
  {
    what: "one more pod of the load balancer controller",
    planned: { controllers: "~1" },
    set: { "controllers.awsLoadBalancerController.replicas": 3 },
  },
  {
    what: "Pod Identity to IRSA, both ways trusted",
    planned: { identity: "+1 ~2 -2", controllers: "~2" },
    set: { "identity.workloads": "irsa", "identity.switchingFrom": "pod-identity" },
  },
  { what: "IRSA alone", remove: ["identity.switchingFrom"], planned: { identity: "~2" } },
  {
    what: "a role for a workload",
    planned: { identity: "+3", apps: "+1 ~1" },
    set: {
      "workloads.shop.aws": {
        kind: "role",
        statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::example-shop/*"] }],
      },
    },
  },
  { what: "a workload with an ALB route", set: { "workloads.basket": basket }, planned: { apps: "+5" } },
  {
    what: "a newer image",
    planned: { apps: "~1" },
    set: { "workloads.shop.image.tag": "1.1.0" },
    pushes: ["shop:1.1.0"],
  },
  { what: "more pods of a workload", set: { "workloads.shop.replicas": 3 }, planned: { apps: "~1" } },
  {
    what: "an autoscaler in place of a number of pods",
    planned: { cluster: "+1", apps: "+1" },
    remove: ["workloads.shop.replicas"],
    set: { "workloads.shop.autoscaler": { min: 2, max: 4 } },
  },
  {
    what: "an NLB route beside the ALB route",
    set: { "workloads.shop.routes": [alb, { kind: "nlb" }] },
    planned: { apps: "+2" },
  },
  {
    what: "another host of a route",
    planned: { apps: "~1" },
    set: { "workloads.basket.routes": [{ kind: "alb", host: "cart.dev.example.com" }] },
  },
  {
    what: "a certificate at an ALB",
    planned: { apps: "~1" },
    set: { "workloads.basket.routes": [{ kind: "alb", host: "cart.dev.example.com", certificateArn }] },
  },
  {
    what: "an ALB from internal to internet-facing",
    planned: { apps: "~1 -/+1" },
    set: {
      "workloads.basket.routes": [
        { kind: "alb", host: "cart.dev.example.com", certificateArn, exposure: "internet-facing" },
      ],
    },
    goes: ["kubernetes_ingress_v1.workload_basket_alb"],
  },
  {
    what: "a workload under another name, its objects under theirs",
    remove: ["workloads.basket"],
    set: {
      "workloads.cart": {
        ...basket,
        renamedFrom: "basket",
        names: { deployment: "basket", service: "basket", container: "basket" },
        labels: { app: "basket" },
        routes: [
          {
            kind: "alb",
            name: "basket",
            host: "cart.dev.example.com",
            certificateArn,
            exposure: "internet-facing",
          },
        ],
      },
    },
  },
  {
    what: "from an ALB to an HTTP API",
    set: {
      "apis.cart": { kind: "http" },
      "workloads.cart.routes": [{ kind: "api-gateway", api: "cart", path: "/cart" }],
    },
    goes: ["kubernetes_ingress_v1.workload_cart_alb"],
  },
  {
    what: "a workload in a namespace of its own",
    set: { "workloads.cart.namespace": "cart" },
    goes: ["kubernetes_"],
  },
  {
    what: "a workload less, with its door",
    remove: ["workloads.cart", "apis.cart"],
    goes: ["kubernetes_", "aws_"],
  },
  {
    what: "a third zone",
    set: { "network.zones": ["a", "b", "c"] },
    goes: ["aws_eks_node_group.cluster_nodes_general"],
  },
  {
    what: "two zones again",
    set: { "network.zones": ["a", "b"] },
    goes: ["aws_eks_node_group.cluster_nodes_general"],
  },
];
