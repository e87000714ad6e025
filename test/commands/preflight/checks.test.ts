import { describe, expect, it } from "vitest";
import type { Finding, Subject } from "../../../commands/preflight/check";
import { checks } from "../../../commands/preflight/checks";
import type { Facts } from "../../../commands/preflight/facts";
import { look } from "../../../commands/preflight/look";
import { type EnvironmentInput, environmentSchema } from "../../../platform/environment";
import { merged } from "../../support/merged";
import { minimal } from "../../support/minimal";
import { accountWith, inUse } from "./good-account";

const everything = environmentSchema.parse(
  merged([
    { ...minimal("dev") },
    {
      state: { kind: "s3", bucket: "example-state" },
      network: { kind: "create", zones: ["a", "b"], nat: "per-zone" },
      registry: { repositories: { shop: {} } },
      dns: { zones: { "example.com": { kind: "existing", zoneId: "Z0123456789ABCDEFGHIJ" } } },
      workloads: {
        shop: {
          image: { repository: "shop", tag: "1.0.0" },
          port: 8080,
          routes: [
            {
              kind: "alb",
              host: "shop.example.com",
              exposure: "internet-facing",
              certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555",
              webAclArn:
                "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/shop/11111111-2222-4333-8444-555555555555",
            },
          ],
        },
      },
    },
  ]),
);

const counts: Readonly<Record<string, number>> = {
  aws_eip: 2,
  aws_vpc: 1,
  aws_internet_gateway: 1,
  aws_nat_gateway: 2,
  aws_eks_cluster: 1,
  aws_iam_role: 9,
  aws_vpc_security_group_ingress_rule: 3,
};

const subject: Subject = {
  environment: everything,
  count: (type) => counts[type] ?? 0,
  charts: [
    { name: "aws-load-balancer-controller", repository: "https://aws.github.io/eks-charts" },
    { name: "eks-pod", repository: "oci://public.ecr.aws/charts" },
  ],
  terraformFloor: "1.10.0",
  stacks: ["dev-cluster", "dev-identity", "dev-controllers", "dev-apps"],
  today: "2026-11-21",
};

interface Told extends Finding {
  readonly check: string;
}

async function told(facts: Facts, about: Subject = subject): Promise<readonly Told[]> {
  const results = await look(checks, about, facts);
  return results.flatMap(({ check, outcome }) => {
    if (outcome.kind === "not looked") throw new Error(`${check} was not looked at: ${outcome.because}`);
    return outcome.findings.map((finding) => ({ check, ...finding }));
  });
}

const withEnvironment = (environment: Partial<EnvironmentInput>): Subject => ({
  ...subject,
  environment: environmentSchema.parse({ ...minimal("dev"), ...environment }),
});

type Fault = readonly [fault: string, check: string, what: string, facts: Partial<Facts>];

/** What is wrong in an account, and what is said of it. */
const faults: readonly Fault[] = [
  ["no Terraform", "Terraform", "it cannot be started", { terraform: () => undefined }],
  [
    "an old Terraform",
    "Terraform",
    "terraform is 1.9.8, and a stack needs 1.10.0",
    { terraform: () => ({ program: "terraform", version: "1.9.8" }) },
  ],
  ["no AWS CLI", "AWS CLI", "aws is not on the PATH", { awsCli: () => undefined }],
  ["an old AWS CLI", "AWS CLI", "it is 2.1.0,", { awsCli: () => "2.1.0" }],
  ["a region that is off", "region", "us-west-2 is not switched on", { regionStatus: async () => "not-opted-in" }],
  ["a region that is none", "region", "AWS has no region us-west-2", { regionStatus: async () => undefined }],
  [
    "a caller whom the cluster does not know",
    "caller",
    "arn:aws:iam::123456789012:role/guests applies, and cluster.access makes only arn:aws:iam::123456789012:role/operators cluster-admin",
    {
      caller: async () => ({
        kind: "known",
        accountId: "123456789012",
        arn: "arn:aws:sts::123456789012:assumed-role/guests/eve",
      }),
    },
  ],
  [
    "a principal that is not there",
    "principals",
    "cluster.access.operators: IAM does not know",
    { principalExists: async () => false },
  ],
  [
    "no state bucket",
    "state bucket",
    "there is no bucket example-state",
    { bucket: async () => ({ kind: "missing" }) },
  ],
  [
    "somebody else's state bucket",
    "state bucket",
    "example-state may not be read",
    { bucket: async () => ({ kind: "forbidden" }) },
  ],
  [
    "a state bucket elsewhere",
    "state bucket",
    "example-state is in eu-west-1, not in us-west-2",
    { bucket: async () => ({ kind: "there", region: "eu-west-1", versioned: true, encrypted: true }) },
  ],
  [
    "a state bucket without versions",
    "state bucket",
    "example-state keeps no versions",
    { bucket: async () => ({ kind: "there", region: "us-west-2", versioned: false, encrypted: true }) },
  ],
  [
    "a lock that was left",
    "locks",
    "the state of dev-identity is locked by ada@desk since yesterday",
    {
      lock: async (stack) => (stack === "dev-identity" ? { id: "7", who: "ada@desk", since: "yesterday" } : undefined),
    },
  ],
  [
    "a zone that is not there",
    "zones",
    "this account has no zone us-west-2b",
    { zones: async () => [{ name: "us-west-2a", id: "usw2-az1" }] },
  ],
  [
    "a zone that EKS refuses",
    "zones",
    "us-west-2b is use1-az3 in this account",
    {
      zones: async () => [
        { name: "us-west-2a", id: "usw2-az1" },
        { name: "us-west-2b", id: "use1-az3" },
      ],
    },
  ],
  ["an instance type that is not there", "instance types", "us-west-2 has no m7i.large", { vcpus: async () => ({}) }],
  [
    "a sixth Elastic IP",
    "quotas",
    "it needs 2 Elastic IPs, others have 4, and the account has 5",
    { ...inUse({ elasticIps: 4 }), quota: async (_, code) => (code === "L-0263D0A3" ? 5 : 100) },
  ],
  [
    "a quota that AWS does not tell",
    "quotas",
    "it needs 1 VPCs, others have 5, and the account has 5",
    { ...inUse({ vpcs: 5 }), quota: async (_, code) => (code === "L-F678F1CE" ? undefined : 100) },
  ],
  [
    "too few vCPUs",
    "quotas",
    "it needs 4 vCPUs of on-demand standard instances, others have 2, and the account has 5",
    { ...inUse({ vcpus: { "ON_DEMAND standard": 2 } }), quota: async (_, code) => (code === "L-1216C47A" ? 5 : 100) },
  ],
  [
    "too many NAT gateways",
    "quotas",
    "it needs 1 NAT gateways in a zone, others have 5",
    { ...inUse({ natGatewaysInZone: 5 }), quota: async (_, code) => (code === "L-FE5A380F" ? 5 : 100) },
  ],
  [
    "too many load balancers",
    "quotas",
    "it needs 1 Application Load Balancers, others have 50",
    { ...inUse({ applicationLoadBalancers: 50 }), quota: async (_, code) => (code === "L-53DA6B97" ? 50 : 100) },
  ],
  [
    "too many roles",
    "quotas",
    "it needs 9 IAM roles, others have 995",
    { ...inUse({ roles: 995 }), quota: async (_, code) => (code === "L-FE177D64" ? 1000 : 100) },
  ],
  [
    "a service-linked role that is not made",
    "service-linked roles",
    "AWSServiceRoleForAmazonEKSNodegroup is not there yet",
    { serviceLinkedRoleExists: async (name) => name !== "AWSServiceRoleForAmazonEKSNodegroup" },
  ],
  [
    "a hosted zone that is not there",
    "DNS zones",
    'dns.zones["example.com"]: Route 53 has no zone Z0123456789ABCDEFGHIJ',
    { hostedZone: async () => undefined },
  ],
  ["a zone that nobody finds", "DNS zones", "nobody finds example.com", { delegation: async () => [] }],
  [
    "a zone that is delegated elsewhere",
    "DNS zones",
    "example.com leads to ns.example.net, not to its zone",
    { delegation: async () => ["ns.example.net"] },
  ],
  [
    "a certificate that is not there",
    "certificates",
    "workloads.shop.routes[0].certificateArn: there is no certificate",
    { certificate: async () => undefined },
  ],
  [
    "a certificate that is not issued",
    "certificates",
    "the certificate is PENDING_VALIDATION",
    { certificate: async () => ({ status: "PENDING_VALIDATION" }) },
  ],
  [
    "a web ACL that is not there",
    "web ACLs",
    "workloads.shop.routes[0].webAclArn: there is no web ACL",
    { webAclExists: async () => false },
  ],
  [
    "an image that is not pushed",
    "images",
    "the registry does not have shop, 1.0.0, of shop",
    { image: async () => "no such image" },
  ],
  [
    "an image for other machines than the nodes",
    "images",
    "shop, 1.0.0, of shop, runs on linux/arm64, and every node is linux/amd64",
    { imagePlatforms: async () => ["linux/arm64"] },
  ],
  [
    "a repository that is still to be made",
    "images",
    "the cluster stack makes the repository of shop, 1.0.0, of shop",
    { image: async () => "no repository" },
  ],
  [
    "an API server out of reach",
    "API server",
    "0123.gr7.us-west-2.eks.amazonaws.com cannot be reached from here: no answer in 5 s",
    { unreachable: async () => "no answer in 5 s" },
  ],
  [
    "an API server that does not admit",
    "API server",
    "it does not take the caller for an administrator: Unauthorized",
    { admission: async () => ({ kind: "refused", because: "Unauthorized" }) },
  ],
  [
    "a chart's address that does not answer",
    "charts",
    "https://aws.github.io/eks-charts does not answer: it says 503; aws-load-balancer-controller comes from there",
    { noAnswer: async (url) => (url === "https://aws.github.io/eks-charts/index.yaml" ? "it says 503" : undefined) },
  ],
  [
    "a registry that does not answer",
    "charts",
    "oci://public.ecr.aws/charts does not answer",
    { noAnswer: async (url) => (url === "https://public.ecr.aws/v2/" ? "connect ECONNREFUSED" : undefined) },
  ],
  [
    "an older Kubernetes than what runs",
    "Kubernetes version",
    "the cluster runs 1.36, and EKS never goes back to 1.35",
    { cluster: async () => ({ status: "ACTIVE", version: "1.36", endpoint: "https://a", certificateAuthority: "" }) },
  ],
  [
    "a Kubernetes two minors up",
    "Kubernetes version",
    "the cluster runs 1.33, and 1.35 is 2 minors away",
    { cluster: async () => ({ status: "ACTIVE", version: "1.33", endpoint: "https://a", certificateAuthority: "" }) },
  ],
  [
    "what the next Kubernetes would break",
    "upgrade insights",
    "before 1.35, EKS finds: Deprecated APIs removed in Kubernetes v1.35, called in the last 30 days",
    {
      cluster: async () => ({ status: "ACTIVE", version: "1.34", endpoint: "https://a", certificateAuthority: "" }),
      upgradeInsights: async () => [
        { name: "Deprecated APIs removed in Kubernetes v1.35", status: "ERROR", reason: "called in the last 30 days" },
      ],
    },
  ],
];

describe("foundry preflight", () => {
  it("has nothing to say of a good account", async () => {
    expect(await told(accountWith())).toEqual([]);
  });

  it("has nothing to say of a good account in which nothing was made yet", async () => {
    expect(await told(accountWith({ cluster: async () => undefined }))).toEqual([]);
  });

  const rows = faults.map(([fault, check, what, facts]) => ({ fault, check, what, facts }));

  it.each(rows)("names $fault, and nothing else", async ({ check, what, facts }) => {
    const findings = await told(accountWith(facts));
    expect(findings).toMatchObject([
      { check, what: expect.stringContaining(what), remedy: expect.stringMatching(/\S/) },
    ]);
  });

  it("names twenty faults of one account, and nothing else", async () => {
    const findings = await told(
      accountWith({
        terraform: () => ({ program: "terraform", version: "1.9.8" }),
        awsCli: () => undefined,
        regionStatus: async () => "not-opted-in",
        caller: async () => ({ kind: "known", accountId: "123456789012", arn: "arn:aws:iam::123456789012:user/eve" }),
        principalExists: async () => false,
        bucket: async () => ({ kind: "there", region: "us-west-2", versioned: false, encrypted: false }),
        lock: async (stack) => (stack === "dev-apps" ? { id: "7", who: "ada@desk", since: "yesterday" } : undefined),
        zones: async () => [{ name: "us-west-2a", id: "use1-az3" }],
        ...inUse({ elasticIps: 5, vpcs: 5, roles: 1000 }),
        quota: async (_, code) => ({ "L-0263D0A3": 5, "L-FE177D64": 1000 })[code] ?? 100,
        serviceLinkedRoleExists: async (name) => name !== "AWSServiceRoleForAutoScaling",
        delegation: async () => [],
        certificate: async () => ({ status: "FAILED" }),
        webAclExists: async () => false,
        image: async () => "no such image",
        cluster: async () => ({ status: "ACTIVE", version: "1.36", endpoint: "https://a", certificateAuthority: "" }),
        unreachable: async () => "no answer in 5 s",
        noAnswer: async () => "it says 503",
      }),
      { ...subject, today: "2027-02-01" },
    );
    expect(findings.map(({ check }) => check)).toEqual([
      ...["Terraform", "AWS CLI", "region", "caller", "principals", "state bucket", "state bucket", "locks"],
      ...["zones", "zones", "quotas", "quotas", "service-linked roles", "DNS zones", "certificates", "web ACLs"],
      ...["Kubernetes version", "API server", "charts", "charts", "images", "support"],
    ]);
  });

  describe("a chart with a digest", () => {
    const digest = `sha256:${"a".repeat(64)}`;
    const pinned = {
      ...subject,
      environment: environmentSchema.parse({
        ...minimal("dev"),
        releases: { keda: { chart: { repository: "https://example.com", name: "keda", version: "2.18.1", digest } } },
      }),
    };
    const found = (chartDigest: Facts["chartDigest"]) => told(accountWith({ chartDigest }), pinned);

    it("is taken where it is that package, and no other chart is fetched", async () => {
      const asked: string[] = [];
      const known: Facts["chartDigest"] = async ({ chart }) => {
        asked.push(chart);
        return { kind: "known", digest };
      };
      expect(await found(known)).toEqual([]);
      expect(asked).toEqual(["keda"]);
    });

    it("stops an apply where it is another package, or cannot be told", async () => {
      const other = `sha256:${"b".repeat(64)}`;
      expect(await found(async () => ({ kind: "known", digest: other }))).toMatchObject([
        {
          check: "charts",
          severity: "stops",
          what: expect.stringMatching(/keda \(releases\.keda\) 2\.18\.1 .*sha256:b/),
        },
      ]);
      expect(await found(async () => ({ kind: "unknown", because: "nothing answers" }))).toMatchObject([
        { check: "charts", severity: "stops", what: expect.stringContaining("nothing answers") },
      ]);
    });
  });

  it("takes an image that runs on the nodes, or does not say on what it runs", async () => {
    for (const platforms of [["linux/amd64"], undefined]) {
      expect(await told(accountWith({ imagePlatforms: async () => platforms }))).toEqual([]);
    }
  });

  it("warns of an image that some of the nodes cannot run", async () => {
    const nodeGroups = { ...everything.cluster.nodeGroups };
    const [general] = Object.values(nodeGroups);
    if (general === undefined) throw new Error("no node group");
    const arm = { ...general, amiType: "AL2023_ARM_64_STANDARD" as const };
    const cluster = { ...everything.cluster, nodeGroups: { ...nodeGroups, arm } };
    const mixed = { ...subject, environment: { ...everything, cluster } };
    const findings = await told(accountWith({ imagePlatforms: async () => ["linux/amd64"] }), mixed);
    expect(findings).toMatchObject([
      { check: "images", severity: "warns", what: expect.stringMatching(/some nodes are linux\/arm64/) },
    ]);
  });

  it("warns of support that ends within ninety days, and not of what ends later", async () => {
    const ends = async (today: string) => (await told(accountWith(), { ...subject, today })).map(({ what }) => what);
    expect(await ends("2026-12-20")).toEqual([]);
    expect(await ends("2027-01-20")).toContain("Kubernetes on EKS 1.35 is supported until 2027-03-27");
  });

  it("asks for no AWS CLI where Terraform signs in by itself", async () => {
    const base = minimal("dev");
    const token = withEnvironment({ cluster: { ...base.cluster, credentials: "token" } });
    expect(await told(accountWith({ awsCli: () => undefined }), token)).toEqual([]);
  });

  it("takes a role with a path for the one that a session names without it", async () => {
    const base = minimal("dev");
    const operators = {
      principalArn: "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/operators",
      policies: [{ policy: "cluster-admin" as const }],
    };
    expect(await told(accountWith(), withEnvironment({ cluster: { ...base.cluster, access: { operators } } }))).toEqual(
      [],
    );
  });

  it("asks IAM of no other account, which it could not", async () => {
    const base = minimal("dev");
    const abroad = { principalArn: "arn:aws:iam::210987654321:role/auditors", policies: [{ policy: "view" as const }] };
    const about = withEnvironment({ cluster: { ...base.cluster, access: { ...base.cluster?.access, abroad } } });
    const facts = accountWith({ principalExists: async (arn) => !arn.includes("210987654321") });
    expect(await told(facts, about)).toEqual([]);
  });
});

describe("foundry preflight without credentials of the account", () => {
  it.each([
    [
      { kind: "nobody", because: "Could not load credentials from any providers" },
      "AWS does not know who calls: Could not load",
    ],
    [
      { kind: "known", accountId: "210987654321", arn: "arn:aws:iam::210987654321:user/ada" },
      "in the account 210987654321, and the environment's is 123456789012",
    ],
  ] as const)("says so, and asks AWS nothing more", async (caller, what) => {
    const asked = async () => Promise.reject(new Error("it was asked"));
    const results = await look(
      checks,
      subject,
      accountWith({ caller: async () => caller, zones: asked, inUse: asked }),
    );
    const [found] = results.filter(({ check }) => check === "credentials");
    expect(found?.outcome).toMatchObject({ kind: "looked", findings: [{ what: expect.stringContaining(what) }] });
    const notLooked = results.filter(({ outcome }) => outcome.kind === "not looked").map(({ check }) => check);
    expect(notLooked).toEqual(checks.filter(({ asksAws }) => asksAws).map(({ name }) => name));
  });
});

describe("a check that cannot be made", () => {
  it("is told with its reason, and keeps no other from being made", async () => {
    const denied = Object.assign(new Error("User is not authorized to perform iam:GetRole"), { name: "AccessDenied" });
    const results = await look(checks, subject, accountWith({ principalExists: () => Promise.reject(denied) }));
    expect(results.filter(({ outcome }) => outcome.kind === "not looked")).toEqual([
      {
        check: "principals",
        outcome: { kind: "not looked", because: "AccessDenied: User is not authorized to perform iam:GetRole" },
      },
    ]);
  });
});
