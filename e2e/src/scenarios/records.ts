import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { KubernetesApi } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import { readReport } from "@ingress-foundry/sandbox/report";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { until } from "@ingress-foundry/sandbox/waiting";
import { z } from "zod";
import type { Lane } from "../lane";
import { NotRun } from "../results";

const program = "external-dns";

/** By which an object asks ExternalDNS for a record. */
const externalDnsAnnotation = "external-dns.alpha.kubernetes.io/hostname";

/** Collections whose objects may ask for a record. */
const collections = ["/api/v1/services", "/apis/networking.k8s.io/v1/ingresses"];

/** Seconds for a record: ExternalDNS looks once a minute. */
const patience = 150;

const balancedSchema = z.looseObject({
  status: z.looseObject({
    loadBalancer: z.looseObject({ ingress: z.array(z.looseObject({ hostname: z.string().optional() })).optional() }),
  }),
});
const zonesSchema = z.looseObject({ HostedZones: z.array(z.looseObject({ Id: z.string(), Name: z.string() })) });
const recordsSchema = z.looseObject({
  ResourceRecordSets: z.array(
    z.looseObject({
      Name: z.string(),
      Type: z.string(),
      AliasTarget: z.looseObject({ DNSName: z.string() }).optional(),
      ResourceRecords: z.array(z.looseObject({ Value: z.string() })).optional(),
    }),
  ),
});

/** A host that an object asks a record for, and where the object is reached. */
interface Host {
  readonly host: string;
  readonly address: string;
}

/** Every host that asks ExternalDNS for a record has one in Route 53, which leads to its load balancer. */
export async function recordsAreMade(lane: Lane, sandbox: Sandbox): Promise<void> {
  const { folder, keeper, stacks } = sandbox;
  const subject = stacks.find(({ json }) => json.output["doors"] !== undefined)?.id ?? "";
  const scenario = "hosts have their records in Route 53";
  await lane.check(scenario, subject, async () => {
    if (!readReport(folder.report).controllers.some((controller) => controller.program === program)) {
      throw new NotRun(`${program} does not run: that takes its real chart, and the program from Go or a folder`);
    }
    const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
    try {
      const hosts = await hostsOf(api);
      if (hosts.length === 0) {
        throw new Error(`${program} runs, and no object asks it for a record`);
      }
      for (const { host, address } of hosts) {
        await until(`a record of ${host} that leads to ${address}`, patience, async () =>
          (await targetsOf(sandbox, host)).includes(address),
        );
      }
      return hosts.map(({ host }) => host).join(", ");
    } finally {
      api.close();
    }
  });
}

async function hostsOf(api: KubernetesApi): Promise<readonly Host[]> {
  const lists = collections.map(async (path) =>
    ((await api.list(path))?.items ?? []).flatMap((object) => {
      const host = object.metadata.annotations?.[externalDnsAnnotation];
      if (host === undefined) {
        return [];
      }
      const address = balancedSchema.parse(object).status.loadBalancer.ingress?.[0]?.hostname;
      if (address === undefined) {
        throw new Error(
          `${host} is asked for by ${object.metadata.name}, which has no address that a record could lead to`,
        );
      }
      return [{ host, address }];
    }),
  );
  return (await Promise.all(lists)).flat();
}

/** Where the records of a host lead, without the dot at the end of a whole name. */
async function targetsOf(sandbox: Sandbox, host: string): Promise<readonly string[]> {
  const zones = zonesSchema.parse(await route53(sandbox, ["list-hosted-zones"])).HostedZones;
  const zone = zones.find(({ Name }) => `${host}.`.endsWith(`.${Name}`));
  if (zone === undefined) {
    throw new Error(`no zone for ${host}; there are ${zones.map(({ Name }) => Name).join(", ") || "none"}`);
  }
  const listed = recordsSchema.parse(
    await route53(sandbox, ["list-resource-record-sets", "--hosted-zone-id", zone.Id]),
  ).ResourceRecordSets;
  return listed
    .filter(({ Name, Type }) => Name === `${host}.` && (Type === "A" || Type === "CNAME"))
    .flatMap(({ AliasTarget, ResourceRecords = [] }) => [
      ...(AliasTarget === undefined ? [] : [AliasTarget.DNSName]),
      ...ResourceRecords.map(({ Value }) => Value),
    ])
    .map((name) => name.replace(/\.$/, ""));
}

async function route53({ runs }: Sandbox, args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)("aws", ["route53", ...args, "--output", "json"], {
    env: { ...runs.context.environment },
  });
  return JSON.parse(stdout);
}
