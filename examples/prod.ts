import { defineEnvironment } from "../platform/define-environment";

/** What a team would run: three zones, state in S3, a private endpoint, deletion refused. */
export default defineEnvironment({
  name: "prod",
  aws: {
    region: "eu-west-1",
    accountId: "210987654321",
    tags: { CostCenter: "platform" },
    assumeRole: { roleArn: "arn:aws:iam::210987654321:role/terraform" },
  },
  state: { kind: "s3", bucket: "example-terraform-state", keyPrefix: "platform/" },
  network: { kind: "create", cidr: "10.30.0.0/16", nat: "per-zone", interfaceEndpoints: ["ecr.api", "ecr.dkr", "sts"] },
  cluster: {
    deletionProtection: true,
    // The network of the runners that apply, which reaches the VPC by peering or a transit gateway.
    endpoint: { kind: "private", clients: [{ kind: "network", cidr: "10.100.0.0/16" }] },
    logs: { retentionDays: 365 },
    access: {
      operators: {
        principalArn: "arn:aws:iam::210987654321:role/platform-operators",
        policies: [{ policy: "cluster-admin" }],
      },
      // What Terraform assumes signs in to Kubernetes too.
      terraform: {
        principalArn: "arn:aws:iam::210987654321:role/terraform",
        policies: [{ policy: "cluster-admin" }],
      },
      auditors: { principalArn: "arn:aws:iam::210987654321:role/auditors", policies: [{ policy: "admin-view" }] },
    },
    nodeGroups: {
      system: {
        amiType: "BOTTLEROCKET_x86_64",
        size: { min: 3, desired: 3, max: 6 },
        labels: { role: "system" },
      },
      general: {
        amiType: "BOTTLEROCKET_x86_64",
        instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
        size: { min: 3, desired: 3, max: 12 },
        update: { kind: "percentage", percentage: 33 },
        disk: { sizeGiB: 100 },
      },
    },
  },
  registry: { repositories: { shop: { encryption: { kind: "kms" } } } },
  dns: { zones: { "example.com": { kind: "existing", zoneId: "Z0123456789ABCDEFGHIJ" } } },
  certificates: { web: { kind: "acm", hosts: ["shop.example.com", "api.example.com"] } },
  loadBalancers: { accessLogs: { kind: "on", retentionDays: 365 }, deletionProtection: true },
  networkPolicies: "from-routes",
  controllers: {
    certManager: {},
    awsLoadBalancerController: {},
    // Fixed addresses would be three more Elastic IPs, and the NAT gateways have three of the account's five.
    emissary: { exposure: { kind: "internet-facing" }, certificate: "web" },
  },
  workloads: {
    shop: {
      namespace: "shop",
      image: { repository: "shop", tag: "1.0.0" },
      port: 8080,
      probes: {
        readiness: { kind: "http", path: "/healthz" },
        liveness: { kind: "http", path: "/healthz", initialDelaySeconds: 10 },
      },
      autoscaler: { min: 3, max: 12 },
      spread: "required",
      routes: [
        {
          kind: "alb",
          host: "shop.example.com",
          exposure: "internet-facing",
          certificate: "web",
        },
        { kind: "ambassador", host: "api.example.com", prefix: "/shop" },
      ],
    },
  },
});
