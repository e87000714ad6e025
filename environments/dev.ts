import { defineEnvironment } from "../platform/define-environment";

/** What a team would start from: one ALB with its certificate and DNS record, two zones, one NAT gateway. */
export default defineEnvironment({
  name: "dev",
  aws: { region: "eu-west-1", accountId: "123456789012" },
  network: { kind: "create", cidr: "10.10.0.0/16", zones: ["a", "b"], nat: "single" },
  cluster: {
    // Your own networks: who applies from a desk is let in here, and nobody else.
    endpoint: { kind: "public-and-private", cidrs: ["203.0.113.0/24"] },
    access: {
      developers: {
        principalArn: "arn:aws:iam::123456789012:role/developers",
        policies: [{ policy: "edit", scope: { kind: "namespaces", namespaces: ["shop"] } }],
      },
      operators: {
        principalArn: "arn:aws:iam::123456789012:role/platform-operators",
        policies: [{ policy: "cluster-admin" }],
      },
    },
    nodeGroups: {
      general: {
        amiType: "BOTTLEROCKET_ARM_64",
        instanceTypes: ["m7g.large", "m6g.large"],
        capacity: "SPOT",
        size: { min: 2, desired: 2, max: 4 },
      },
    },
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
  certificates: { web: { kind: "acm", hosts: ["shop.dev.example.com"] } },
  controllers: { certManager: {}, awsLoadBalancerController: {}, externalDns: { policy: "sync" } },
  workloads: {
    shop: {
      namespace: "shop",
      image: { repository: "shop", tag: "1.0.0" },
      port: 8080,
      probes: { readiness: { kind: "http", path: "/healthz" } },
      routes: [
        {
          kind: "alb",
          host: "shop.dev.example.com",
          exposure: "internet-facing",
          certificate: "web",
          dns: { kind: "external-dns" },
        },
      ],
    },
  },
});
