import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { ListHostedZonesCommand, ListResourceRecordSetsCommand, Route53Client } from "@aws-sdk/client-route-53";
import { sdkOptions } from "../../aws/sdk";
import type { SandboxFolder } from "../../folder";
import { Stages } from "../api-gateway/stages";
import { type BalancingState, readBalancing } from "../balancers/state";
import { apiRequests } from "./api-requests";
import { curl, curlArguments, meets, type Reply } from "./curl";
import { type Health, hops } from "./hops";
import { balancerRequests, type DoorRequest } from "./requests";

/** A door of the environment: `<workload>/<kind>/<name>` and its address, as the apps stack publishes them. */
export type Doors = Readonly<Record<string, string>>;

export interface Trial {
  readonly door: string;
  /** The way from the door to the pods, a line a hop. */
  readonly way: readonly string[];
  readonly request: DoorRequest;
  readonly reply: Reply;
  readonly isAsExpected: boolean;
}

export interface TryProps {
  readonly folder: SandboxFolder;
  readonly awsEndpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly doors: Doors;
  /** Part of a door's name; all where it is left out. */
  readonly only: string | undefined;
}

/** Makes at each door the requests that its listeners and rules speak of. */
export async function tryDoors(props: TryProps, onTrial: (trial: Trial) => void): Promise<readonly Trial[]> {
  const { folder, awsEndpoint, region, accountId, doors, only = "" } = props;
  const options = sdkOptions(awsEndpoint, region);
  const balancing = new ElasticLoadBalancingV2Client(options);
  const state = await readBalancing(balancing);
  const health = await healthOf(balancing, state);
  const stages = new Stages(awsEndpoint, region, accountId);
  await stages.look();
  const recorded = await recordedNames(new Route53Client(options));
  const trials: Trial[] = [];
  for (const [door, address] of Object.entries(doors).filter(([name]) => name.includes(only))) {
    const way = wayOf(state, address, health);
    for (const request of requestsAt(state, stages, address, (host) => recorded.has(host))) {
      const reply = await curl(folder, request);
      const trial = { door, way, request, reply, isAsExpected: meets(request.expected, reply) };
      trials.push(trial);
      onTrial(trial);
    }
  }
  return trials;
}

async function healthOf(client: ElasticLoadBalancingV2Client, { groups }: BalancingState): Promise<Health> {
  const entries = groups.map(async ({ group: { TargetGroupArn = "" } }) => {
    const { TargetHealthDescriptions = [] } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    return [TargetGroupArn, TargetHealthDescriptions] as const;
  });
  return new Map(await Promise.all(entries));
}

function wayOf(state: BalancingState, address: string, health: Health): readonly string[] {
  const url = address.includes("://") ? address : `http://${address}`;
  const hostname = URL.canParse(url) ? new URL(url).hostname : "";
  return hostname.includes(".execute-api.") ? [] : hops(state, hostname, health);
}

function requestsAt(
  state: BalancingState,
  stages: Stages,
  address: string,
  hasRecord: (host: string) => boolean,
): readonly DoorRequest[] {
  const url = address.includes("://") ? address : `http://${address}`;
  if (!URL.canParse(url)) {
    return [];
  }
  const { hostname, pathname } = new URL(url);
  const [, apiId] = /^([^.]+)\.execute-api\./.exec(hostname) ?? [];
  if (apiId !== undefined) {
    const stage = stages.find(apiId, pathname.split("/")[1] ?? "");
    return stage === undefined ? [] : apiRequests(stage, url);
  }
  return balancerRequests(state, hostname, hasRecord);
}

async function recordedNames(route53: Route53Client): Promise<ReadonlySet<string>> {
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand({}));
  const lists = await Promise.all(
    HostedZones.map(({ Id }) => route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }))),
  );
  return new Set(
    lists
      .flatMap(({ ResourceRecordSets = [] }) => ResourceRecordSets)
      .filter(({ Type }) => Type === "A" || Type === "CNAME")
      .map(({ Name = "" }) => Name.replace(/\.$/, "")),
  );
}

/** What a person would type, what came of it, and whether that is what was promised. */
export function trialLines({ request, reply, isAsExpected }: Trial): readonly string[] {
  const words =
    reply.kind === "answer"
      ? [`${reply.status}${reply.location === "" ? "" : ` to ${reply.location}`}`, ...reply.body.split("\n")]
      : [reply.reason];
  return [
    `  ${isAsExpected ? "ok    " : "FAILED"}  ${request.purpose}`,
    `          $ curl ${curlArguments(request).join(" ")}`,
    ...words.filter((line) => line !== "").map((line) => `          ${line}`),
  ];
}
