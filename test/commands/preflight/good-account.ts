import type { Facts, InUse } from "../../../commands/preflight/facts";

const nothingInUse: InUse = {
  elasticIps: 0,
  vpcs: 0,
  natGatewaysInZone: 0,
  clusters: 0,
  applicationLoadBalancers: 0,
  networkLoadBalancers: 0,
  vcpus: {},
  roles: 0,
};

/** What others have in the account; nothing but what is given. */
export const inUse = (others: Partial<InUse>): Partial<Facts> => ({
  inUse: async () => ({ ...nothingInUse, ...others }),
});

/** An account in which nothing stops an apply, and what a test changes of it. */
export function accountWith(changes: Partial<Facts> = {}): Facts {
  return {
    terraform: () => ({ program: "terraform", version: "1.11.4" }),
    awsCli: () => "2.31.0",
    caller: async () => ({
      kind: "known",
      accountId: "123456789012",
      arn: "arn:aws:sts::123456789012:assumed-role/operators/ada",
    }),
    regionStatus: async () => "opt-in-not-required",
    zones: async () =>
      ["a", "b", "c", "d"].map((letter, index) => ({ name: `us-west-2${letter}`, id: `usw2-az${index + 1}` })),
    vcpus: async (types) => Object.fromEntries(types.map((type) => [type, 2])),
    inUse: async () => nothingInUse,
    quota: async () => 100,
    principalExists: async () => true,
    serviceLinkedRoleExists: async () => true,
    bucket: async () => ({ kind: "there", region: "us-west-2", versioned: true, encrypted: true }),
    lock: async () => undefined,
    hostedZone: async () => ["ns-1.awsdns-01.org"],
    delegation: async () => ["ns-1.awsdns-01.org"],
    certificate: async () => ({ status: "ISSUED" }),
    webAclExists: async () => true,
    image: async () => "there",
    imagePlatforms: async () => ["linux/amd64", "linux/arm64"],
    cluster: async () => ({
      status: "ACTIVE",
      version: "1.35",
      endpoint: "https://0123.gr7.us-west-2.eks.amazonaws.com",
      certificateAuthority: "",
    }),
    upgradeInsights: async () => [],
    unreachable: async () => undefined,
    admission: async () => ({ kind: "administrator" }),
    chartDigest: async () => ({ kind: "known", digest: `sha256:${"0".repeat(64)}` }),
    noAnswer: async () => undefined,
    ...changes,
  };
}
