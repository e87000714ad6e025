import { basename } from "node:path";
import { z } from "zod";
import { addressOf, type Caller, inside } from "./caller";
import type { StackJson, SynthesizedStack } from "./synthesized";
import { trafficPlan } from "./traffic/plan";

/** What the sandbox has to be like for an environment: read from its synthesized JSON and nowhere else. */
export const sandboxPlan = z.object({
  environment: z.string(),
  region: z.string(),
  accountId: z.string(),
  /** The IAM principal that Terraform acts as: one that the environment lets into its cluster as administrator. */
  principalArn: z.string(),
  /** Principals of the access entries: in AWS the organisation has them before the cluster is made. */
  principals: z.array(z.string()),
  clusterName: z.string(),
  /** Zones with the network of their private subnet, where nodes and pods have their addresses. */
  zones: z.array(z.object({ name: z.string(), subnetCidr: z.string() })),
  /** Whether nodes come with node groups; otherwise Fargate or Auto Mode makes them, and they are there from the start. */
  hasNodeGroups: z.boolean(),
  /** Who applies, as the cluster's endpoint sees it; see {@link Caller}. */
  caller: z.string(),
  /** Images of the environment's own repositories that its workloads run, each as `repository:tag`. */
  images: z.array(z.string()),
  /** Buckets of S3 backends, which are there before the first stack is. */
  stateBuckets: z.array(z.string()),
  /** Where pods and doors are to answer for real. */
  traffic: trafficPlan.optional(),
});

export type SandboxPlan = z.infer<typeof sandboxPlan>;

const awsProvider = z.looseObject({
  region: z.string(),
  allowed_account_ids: z.array(z.string()).min(1),
  assume_role: z.array(z.looseObject({ role_arn: z.string() })).optional(),
});
const subnet = z.looseObject({
  availability_zone: z.string(),
  cidr_block: z.string(),
  tags: z.record(z.string(), z.string()).default({}),
});

/** @throws Error when the cluster stack is not one that this sandbox can play */
export function planSandbox(environment: string, stacks: readonly SynthesizedStack[]): SandboxPlan {
  const cluster = stacks.find(({ json }) => json.resource["aws_eks_cluster"] !== undefined);
  if (cluster === undefined) {
    throw new Error(
      `${environment}: none of ${stacks.map(({ id }) => id).join(", ")} holds an aws_eks_cluster, and a sandbox is one ` +
        "cluster with what belongs to it. Name an environment that makes a cluster.",
    );
  }
  const { json } = cluster;
  const provider = awsProvider.parse(json.provider["aws"]?.[0]);
  return {
    environment,
    region: provider.region,
    accountId: provider.allowed_account_ids[0] ?? "",
    principalArn: provider.assume_role?.[0]?.role_arn ?? administrator(environment, json),
    principals: resources(json, "aws_eks_access_entry")
      .map((entry) => String(entry["principal_arn"]))
      .filter((arn) => arn.startsWith("arn:")),
    clusterName: z.string().parse(resources(json, "aws_eks_cluster")[0]?.["name"]),
    zones: privateZones(json, provider.region),
    hasNodeGroups: json.resource["aws_eks_node_group"] !== undefined,
    caller: admittedCaller(json),
    images: ownImages(json, stacks),
    stateBuckets: [
      ...new Set(stacks.flatMap(({ json: { terraform } }) => terraform.backend?.["s3"]?.["bucket"] ?? []).map(String)),
    ],
  };
}

const resources = (json: StackJson, type: string) => Object.values(json.resource[type] ?? {});

/** The principal of an access entry with the cluster administrator's policy: who applies the later stacks. */
function administrator(environment: string, json: StackJson): string {
  const admitted = resources(json, "aws_eks_access_policy_association").find(
    ({ policy_arn }) => basename(String(policy_arn)) === "AmazonEKSClusterAdminPolicy",
  );
  const reference = /^\$\{aws_eks_access_entry\.([^.]+)\.principal_arn\}$/.exec(String(admitted?.["principal_arn"]));
  const entry = json.resource["aws_eks_access_entry"]?.[reference?.[1] ?? ""];
  const arn = entry?.["principal_arn"] ?? admitted?.["principal_arn"];
  if (typeof arn !== "string" || !arn.startsWith("arn:")) {
    throw new Error(
      `environments/${environment}.ts: cluster.access: no principal has the policy cluster-admin, so nobody could apply ` +
        'the controllers and apps stacks. Add an entry with policies: [{ policy: "cluster-admin" }].',
    );
  }
  return arn;
}

const endpointAccess = z.looseObject({
  endpoint_public_access: z.boolean().default(true),
  public_access_cidrs: z.array(z.string()).default(["0.0.0.0/0"]),
});
const clientRule = z.looseObject({
  security_group_id: z.string(),
  from_port: z.number().optional(),
  cidr_ipv4: z.string().optional(),
  prefix_list_id: z.string().optional(),
  referenced_security_group_id: z.string().optional(),
});

/**
 * One of those that the environment lets reach the API server. Where it lets nobody in from outside, Terraform runs in the
 * cluster.
 */
function admittedCaller(json: StackJson): Caller {
  const clients = resources(json, "aws_vpc_security_group_ingress_rule")
    .map((rule) => clientRule.parse(rule))
    .filter(({ security_group_id, from_port }) => security_group_id.includes("aws_eks_cluster") && from_port === 443);
  const network = clients.find(({ cidr_ipv4 }) => cidr_ipv4 !== undefined)?.cidr_ipv4;
  const [config] = [resources(json, "aws_eks_cluster")[0]?.["vpc_config"] ?? {}].flat();
  const { endpoint_public_access, public_access_cidrs } = endpointAccess.parse(config);
  const cidr = network ?? (endpoint_public_access ? public_access_cidrs[0] : undefined);
  if (cidr !== undefined) {
    return addressOf(cidr);
  }
  const named = clients.flatMap((rule) => rule.prefix_list_id ?? rule.referenced_security_group_id ?? []);
  return named[0] ?? inside;
}

/** Workloads name an image of ours by the output of the cluster stack that has its repository's address. */
function ownImages(cluster: StackJson, stacks: readonly SynthesizedStack[]): string[] {
  const urls: Readonly<Record<string, unknown>> = Object(cluster.output["repository_urls"]?.value);
  const names = new Map(
    Object.entries(urls).flatMap(([key, value]) => {
      const address = /^\$\{aws_ecr_repository\.([^.]+)\.repository_url\}$/.exec(String(value))?.[1];
      const name = cluster.resource["aws_ecr_repository"]?.[address ?? ""]?.["name"];
      return typeof name === "string" ? [[key, name] as const] : [];
    }),
  );
  const used = stacks.flatMap(({ json }) => [
    ...JSON.stringify(json).matchAll(/outputs\.repository_urls(?:\.([\w-]+)|\[\\"([^"\\]+)\\"\])\}:([\w.-]+)/g),
  ]);
  const images = used.flatMap(([, field, key, tag]) => {
    const name = names.get(field ?? key ?? "");
    return name === undefined ? [] : [`${name}:${tag}`];
  });
  return [...new Set(images)];
}

/** Only a network that the stack makes tells its addresses here; for any other one the nodes get some of their own. */
function privateZones(json: StackJson, region: string): SandboxPlan["zones"] {
  const found = resources(json, "aws_subnet")
    .map((value) => subnet.parse(value))
    .filter(({ tags }) => tags["kubernetes.io/role/internal-elb"] === "1");
  return found.length === 0
    ? [
        { name: `${region}a`, subnetCidr: "10.0.64.0/19" },
        { name: `${region}b`, subnetCidr: "10.0.96.0/19" },
      ]
    : found.map(({ availability_zone, cidr_block }) => ({ name: availability_zone, subnetCidr: cidr_block }));
}
