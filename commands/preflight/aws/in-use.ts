import {
  DescribeAddressesCommand,
  DescribeInstanceTypesCommand,
  type EC2Client,
  type _InstanceType as InstanceType,
  paginateDescribeInstances,
  paginateDescribeNatGateways,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
  type Tag,
} from "@aws-sdk/client-ec2";
import { type EKSClient, paginateListClusters } from "@aws-sdk/client-eks";
import {
  DescribeTagsCommand,
  type ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { GetAccountSummaryCommand, type IAMClient } from "@aws-sdk/client-iam";
import type { Environment } from "../../../platform/environment";
import type { InUse } from "../facts";
import { familyOf } from "../instance-families";
import { unlessMissing } from "./clients";

interface Clients {
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly iam: IAMClient;
}

type Tags = readonly Pick<Tag, "Key" | "Value">[];

/** What others than an environment have in its account and region. */
export async function inUse(clients: Clients, environment: Environment): Promise<InUse> {
  const { ec2, eks } = clients;
  const clusterName = environment.cluster.name;
  const ofOthers = ({ Tags = [] }: { readonly Tags?: Tags | undefined }) => !isOwn(Tags, environment);
  const [{ Addresses = [] }, vpcs, clusters, natGateways, vcpus, balancers, roles] = await Promise.all([
    ec2.send(new DescribeAddressesCommand({})),
    collected(paginateDescribeVpcs({ client: ec2 }, {}), ({ Vpcs }) => Vpcs),
    collected(paginateListClusters({ client: eks }, {}), ({ clusters }) => clusters),
    natGatewaysInZone(ec2, ofOthers),
    vcpusInUse(ec2, ofOthers),
    balancersInUse(clients.elb, ofOthers),
    rolesInUse(clients, clusterName),
  ]);
  return {
    elasticIps: Addresses.filter(ofOthers).length,
    vpcs: vpcs.filter(ofOthers).length,
    natGatewaysInZone: natGateways,
    clusters: clusters.filter((name) => name !== clusterName).length,
    ...balancers,
    vcpus,
    roles,
  };
}

/** By the provider's default tags, and by those that EKS and the load balancer controller put on what they make. */
function isOwn(tags: Tags, { name, cluster }: Environment): boolean {
  const value = (key: string) => tags.find(({ Key }) => Key === key)?.Value;
  return (
    (value("Environment") === name && value("ManagedBy") === "terraform") ||
    value("eks:cluster-name") === cluster.name ||
    value("elbv2.k8s.aws/cluster") === cluster.name ||
    tags.some(({ Key }) => Key === `kubernetes.io/cluster/${cluster.name}`)
  );
}

type OfOthers = (thing: { readonly Tags?: Tags | undefined }) => boolean;

async function natGatewaysInZone(client: EC2Client, ofOthers: OfOthers): Promise<number> {
  const found = await collected(paginateDescribeNatGateways({ client }, {}), ({ NatGateways }) => NatGateways);
  const living = found.filter((one) => one.State !== "deleted" && one.State !== "failed" && ofOthers(one));
  if (living.length === 0) return 0;
  const subnets = await collected(paginateDescribeSubnets({ client }, {}), ({ Subnets }) => Subnets);
  const zoneOf = new Map(subnets.map(({ SubnetId, AvailabilityZone }) => [SubnetId, AvailabilityZone]));
  const counts = new Map<string | undefined, number>();
  for (const { SubnetId } of living) counts.set(zoneOf.get(SubnetId), (counts.get(zoneOf.get(SubnetId)) ?? 0) + 1);
  return Math.max(...counts.values());
}

/** vCPUs of the instances that run, as quotas count them. */
async function vcpusInUse(client: EC2Client, ofOthers: OfOthers): Promise<Readonly<Record<string, number>>> {
  const filter = { Filters: [{ Name: "instance-state-name", Values: ["pending", "running"] }] };
  const reservations = await collected(
    paginateDescribeInstances({ client }, filter),
    ({ Reservations }) => Reservations,
  );
  const running = reservations.flatMap(({ Instances = [] }) => Instances).filter(ofOthers);
  const sizes = await vcpusOf(client, [...new Set(running.flatMap(({ InstanceType: type }) => type ?? []))]);
  const counts: Record<string, number> = {};
  for (const { InstanceType: type = "", InstanceLifecycle } of running) {
    const pool = `${InstanceLifecycle === "spot" ? "SPOT" : "ON_DEMAND"} ${familyOf(type)}`;
    counts[pool] = (counts[pool] ?? 0) + (sizes[type] ?? 0);
  }
  return counts;
}

/** vCPUs of instance types; those that the region does not have are missing. */
export async function vcpusOf(client: EC2Client, types: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const found = await Promise.all(
    types.map(async (type) => {
      // The SDK lists the types that there were when it was released.
      const asked = client.send(new DescribeInstanceTypesCommand({ InstanceTypes: [type as InstanceType] }));
      const { InstanceTypes = [] } = (await unlessMissing(asked, "InvalidInstanceType")) ?? {};
      return [type, InstanceTypes[0]?.VCpuInfo?.DefaultVCpus] as const;
    }),
  );
  return Object.fromEntries(found.flatMap(([type, vcpus]) => (vcpus === undefined ? [] : [[type, vcpus]])));
}

async function balancersInUse(client: ElasticLoadBalancingV2Client, ofOthers: OfOthers) {
  const found = await collected(paginateDescribeLoadBalancers({ client }, {}), ({ LoadBalancers }) => LoadBalancers);
  const others: typeof found = [];
  // Tags are told for twenty at a time.
  for (let index = 0; index < found.length; index += 20) {
    const some = found.slice(index, index + 20);
    const ResourceArns = some.flatMap(({ LoadBalancerArn }) => LoadBalancerArn ?? []);
    const { TagDescriptions = [] } = await client.send(new DescribeTagsCommand({ ResourceArns }));
    const own = TagDescriptions.filter(({ Tags }) => !ofOthers({ Tags: Tags ?? [] })).map(
      ({ ResourceArn }) => ResourceArn,
    );
    others.push(...some.filter(({ LoadBalancerArn }) => !own.includes(LoadBalancerArn)));
  }
  const count = (type: string) => others.filter(({ Type }) => Type === type).length;
  return { applicationLoadBalancers: count("application"), networkLoadBalancers: count("network") };
}

/** Roles tell their tags one by one; so where the cluster is there, its environment's roles count as made. */
async function rolesInUse({ iam, eks }: Clients, clusterName: string): Promise<number> {
  const clusters = await collected(paginateListClusters({ client: eks }, {}), ({ clusters }) => clusters);
  if (clusters.includes(clusterName)) return 0;
  const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
  return Number(Object(SummaryMap).Roles ?? 0);
}

async function collected<Page, Item>(
  pages: AsyncIterable<Page>,
  of: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(of(page) ?? []));
  return items;
}
