import { describe, expect, it } from "vitest";
import { readableEnvironments } from "../../platform/load";
import { access, cluster, dev, endpoint, environment, existingNetwork, today, workload, workloads } from "./fixtures";

const bothSubnets = ["subnet-0bbbbbbbbbbbbbbb1", "subnet-0bbbbbbbbbbbbbbb2"];
const fargate = (namespace: string, labels: object = {}) => ({
  fargateProfiles: { some: { selectors: [{ namespace, labels }] } },
});
const irsa = { identity: { workloads: "irsa" } };
const withEmissary = { controllers: { awsLoadBalancerController: {}, emissary: {} } };
const plainHttp = { reason: "Nothing that is secret goes through it." };
const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/1";

/** What comes close to a problem and is none. */
const good: readonly (readonly [rule: string, environment: object])[] = [
  ["the least there can be", { name: "dev", aws: { region: "us-west-2", accountId: "123456789012" } }],
  ["the small environment of the tests", dev],
  [
    "a partition that follows from the region",
    cluster({ access: {} }, { controllers: {}, aws: { region: "cn-north-1", accountId: "123456789012" } }),
  ],
  [
    "a partition that says what the region says",
    cluster(
      { access: {} },
      { controllers: {}, aws: { region: "us-gov-west-1", accountId: "123456789012", partition: "aws-us-gov" } },
    ),
  ],
  ["text that only looks like an ARN of another partition", workload({ args: ["arn:aws-cn:s3:::shop"] })],
  [
    "an access entry of another account",
    cluster({
      access: {
        ...access,
        team: {
          principalArn: "arn:aws:iam::210987654321:role/team",
          policies: [{ policy: "view" }],
          otherAccount: { reason: "Our support partner looks after it." },
        },
      },
    }),
  ],
  [
    "an access entry by groups alone",
    cluster({
      access: { ...access, team: { principalArn: "arn:aws:iam::123456789012:user/ann", groups: ["viewers"] } },
    }),
  ],
  [
    "a key in the region of the bucket, which is another",
    environment({
      state: {
        kind: "s3",
        bucket: "example-terraform-state",
        region: "eu-west-1",
        kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-4333-8444-555555555555",
      },
    }),
  ],
  [
    "policies of AWS and of the account",
    workload({
      aws: {
        kind: "role",
        policyArns: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", "arn:aws:iam::123456789012:policy/orders"],
      },
    }),
  ],
  ["a bucket with dots", environment({ state: { kind: "s3", bucket: "states.example.com", keyPrefix: "platform/" } })],
  ["a VPC beside the network of Services", environment({ network: { kind: "create", cidr: "172.16.0.0/16" } })],
  [
    "a VPC at the place of the default Services, and Services elsewhere",
    cluster({ serviceCidr: "10.100.0.0/16" }, { network: { kind: "create", cidr: "172.20.0.0/16" } }),
  ],
  [
    "no NAT and the set that a private cluster needs",
    environment({ network: { kind: "create", nat: "none", interfaceEndpoints: "private-cluster" } }),
  ],
  [
    "no NAT and more than that set",
    environment({
      network: {
        kind: "create",
        nat: "none",
        interfaceEndpoints: [
          "sts",
          "logs",
          "elasticloadbalancing",
          "eks-auth",
          "eks",
          "ecr.dkr",
          "ecr.api",
          "ec2",
          "ssm",
        ],
      },
    }),
  ],
  [
    "a public endpoint for one organization's /8",
    cluster({ endpoint: { kind: "public-and-private", cidrs: ["17.0.0.0/8"] } }),
  ],
  ["an internal ALB without public subnets", workload({ routes: [{ kind: "alb" }] }, existingNetwork([]))],
  [
    "an internet-facing ALB over two public subnets",
    workload({ routes: [{ kind: "alb", exposure: "internet-facing", plainHttp }] }, existingNetwork(bothSubnets)),
  ],
  [
    "an internet-facing NLB in one public subnet",
    workload(
      { routes: [{ kind: "nlb", exposure: "internet-facing", tlsInPods: true }] },
      existingNetwork(bothSubnets.slice(0, 1)),
    ),
  ],
  [
    "Elastic IPs in public subnets of another team",
    environment({
      ...existingNetwork(bothSubnets),
      controllers: {
        awsLoadBalancerController: {},
        emissary: { exposure: { kind: "internet-facing", address: { kind: "elastic-ips" } } },
      },
    }),
  ],
  ["EXTENDED past standard support", cluster({ version: "1.33", supportType: "EXTENDED" })],
  ["no nodes and nothing that needs them", environment({ cluster: {}, controllers: {} })],
  ["Auto Mode without node groups", environment({ cluster: { access, endpoint, autoMode: { kind: "on" } } })],
  [
    "Auto Mode, whose nodes have the agent built in",
    environment({
      cluster: { access, endpoint, autoMode: { kind: "on" }, addons: { "eks-pod-identity-agent": "off" } },
    }),
  ],
  [
    "tainted nodes beside others",
    cluster({ nodeGroups: { general: {}, batch: { taints: [{ key: "batch", effect: "NO_EXECUTE" }] } } }),
  ],
  [
    "a taint that only advises",
    cluster({ nodeGroups: { general: { taints: [{ key: "busy", effect: "PREFER_NO_SCHEDULE" }] } } }),
  ],
  ["sizes that are all the same", cluster({ nodeGroups: { general: { size: { min: 3, desired: 3, max: 3 } } } })],
  [
    "arm images on Graviton of every sort",
    cluster({
      nodeGroups: {
        general: {
          amiType: "AL2023_ARM_64_STANDARD",
          instanceTypes: [
            "t4g.large",
            "c7gn.xlarge",
            "im4gn.large",
            "is4gen.large",
            "x2gd.large",
            "a1.large",
            "hpc7g.4xlarge",
          ],
        },
      },
    }),
  ],
  [
    "x86 images on machines with a g before the generation or behind other letters",
    cluster({
      nodeGroups: {
        general: {
          instanceTypes: [
            "g6.xlarge",
            "m7i-flex.large",
            "g4dn.xlarge",
            "u7i-12tb.224xlarge",
            "u-6tb1.56xlarge",
            "mac1.metal",
          ],
        },
      },
    }),
  ],
  [
    "images for accelerators on machines that have them",
    cluster({
      nodeGroups: {
        nvidia: { amiType: "AL2023_x86_64_NVIDIA", instanceTypes: ["g6.xlarge", "p5.48xlarge", "gr6.4xlarge"] },
        neuron: { amiType: "AL2023_x86_64_NEURON", instanceTypes: ["inf2.xlarge", "trn1.2xlarge"] },
      },
    }),
  ],
  [
    "node labels of one's own",
    cluster({ nodeGroups: { general: { labels: { role: "system", "example.com/pool": "a" } } } }),
  ],
  [
    "neither the agent nor what needs it",
    cluster({ addons: { "eks-pod-identity-agent": "off", "aws-ebs-csi-driver": "off" } }, irsa),
  ],
  ["IRSA on Fargate", environment({ ...irsa, cluster: { access, endpoint, ...fargate("kube-system") } })],
  [
    "Pod Identity for a workload on nodes, beside Fargate for another namespace",
    workload({ aws: { kind: "role" } }, { cluster: { ...dev.cluster, ...fargate("jobs") } }),
  ],
  [
    "Pod Identity for a workload whose labels a profile does not select",
    workload({ aws: { kind: "role" } }, { cluster: { ...dev.cluster, ...fargate("default", { on: "fargate" }) } }),
  ],
  ["a workload without AWS on Fargate", workload({}, { cluster: { ...dev.cluster, ...fargate("default") } })],
  ["a privileged workload on nodes", workload({ security: { kind: "privileged", reason: "It traces the kernel." } })],
  [
    "Fargate alone with a profile for everything",
    workload(
      { namespace: "shop" },
      {
        ...irsa,
        controllers: { certManager: {}, awsLoadBalancerController: {} },
        cluster: { access, endpoint, ...fargate("*") },
      },
    ),
  ],
  [
    "Fargate alone without CoreDNS as an add-on",
    environment({ controllers: {}, cluster: { ...fargate("shop"), addons: { coredns: "off" } } }),
  ],
  [
    "routes with one path on ALBs of their own",
    workloads({ shop: { routes: [{ kind: "alb" }] }, cart: { routes: [{ kind: "alb" }] } }),
  ],
  [
    "routes of one ALB with other paths and certificates",
    workloads({
      shop: { routes: [{ kind: "alb", group: "web", host: "shop.example.com", certificateArn }] },
      cart: { routes: [{ kind: "alb", group: "web", host: "cart.example.com", certificateArn: `${certificateArn}2` }] },
    }),
  ],
  [
    "routes through Ambassador with other hosts",
    workloads(
      {
        shop: { routes: [{ kind: "ambassador", host: "shop.example.com" }] },
        cart: { routes: [{ kind: "ambassador", host: "cart.example.com" }] },
      },
      withEmissary,
    ),
  ],
  [
    "a certificate of IAM",
    workload({ routes: [{ kind: "alb", certificateArn: "arn:aws:iam::123456789012:server-certificate/shop" }] }),
  ],
  [
    "a web ACL of the region",
    workload({ routes: [{ kind: "alb", webAclArn: "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/shop/1" }] }),
  ],
  ["an image of elsewhere", workload({ image: { name: "public.ecr.aws/nginx/nginx", tag: "1.29" } })],
  [
    "a key of a neighbour's ConfigMap",
    workloads({
      shop: { environment: { LEVEL: { configMap: "settings", key: "level" } } },
      cart: { configMaps: { settings: { data: { level: "info" } } } },
    }),
  ],
  [
    "a key of a Secret, which nobody declares here",
    workload({ environment: { TOKEN: { secret: "shop", key: "token" } } }),
  ],
  ["a path below another mount", workload({ temporaryDirectories: ["/var", "/var/cache"] })],
  [
    "a namespace that is as open as its workloads need",
    workload(
      { namespace: "shop", security: { kind: "baseline", reason: "The image runs as root." } },
      { namespaces: { shop: { podSecurity: "baseline" } } },
    ),
  ],
  [
    "a strict namespace beside an open workload",
    workload(
      { security: { kind: "baseline", reason: "The image runs as root." } },
      { namespaces: { shop: { podSecurity: "restricted" } } },
    ),
  ],
  [
    "one name in two namespaces",
    workloads({
      shop: {},
      cart: { namespace: "cart", names: { deployment: "shop", service: "shop" }, labels: { app: "shop" } },
    }),
  ],
  [
    "a budget that leaves one pod to a drain",
    workload({ replicas: 3, disruptionBudget: { kind: "min-available", count: 2 } }),
  ],
  ["a request that is its limit", workload({ resources: { requests: { memory: "256Mi" } } })],
  ["a role's name of 64 characters", workloads({ ["orders".repeat(10)]: { aws: { kind: "role" } } })],
  ["a workload called like a role of the cluster, without a role", workloads({ node: {} })],
  [
    "a release's name of 53 characters with its suffix",
    environment({ controllers: { awsLoadBalancerController: {}, emissary: { releaseName: "a".repeat(42) } } }),
  ],
  [
    "a role that kube2iam may hand out",
    workload(
      { aws: { kind: "kube2iam", role: "orders" } },
      { controllers: { kube2iam: {} }, identity: { kube2iamRoles: { orders: {} } } },
    ),
  ],
];

describe("an environment may have", () => {
  it.each(good)("%s", (_rule, value) => {
    const files = [{ file: "environments/dev.ts", name: "dev", value }];
    expect(readableEnvironments(files, today).environments).toHaveLength(1);
  });
});
