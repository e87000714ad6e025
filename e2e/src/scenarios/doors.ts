import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { pythonEnvironment } from "@ingress-foundry/sandbox/aws/python-environment";
import { KubernetesApi } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import { readReport } from "@ingress-foundry/sandbox/report";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { until } from "@ingress-foundry/sandbox/waiting";
import { z } from "zod";
import type { Lane } from "../lane";
import { loadBalancerController, needsLoadBalancerController } from "./load-balancer-controller";

const balancersSchema = z.array(
  z.object({
    arn: z.string(),
    dnsName: z.string(),
    elasticIps: z.array(z.string()),
    vpcLinks: z.array(z.string()),
    targetGroups: z.array(z.object({ arn: z.string(), targets: z.array(z.string()) })),
  }),
);
type LoadBalancer = z.infer<typeof balancersSchema>[number];

const bindingSchema = z.looseObject({
  spec: z.looseObject({
    targetGroupARN: z.string(),
    targetType: z.string().optional(),
    serviceRef: z.looseObject({ name: z.string() }),
  }),
});
const sliceSchema = z.looseObject({
  endpoints: z
    .array(
      z.looseObject({ addresses: z.array(z.string()), conditions: z.looseObject({ ready: z.boolean().optional() }) }),
    )
    .nullish(),
});
const balancedSchema = z.looseObject({
  spec: z.looseObject({ type: z.string().optional() }),
  status: z.looseObject({
    loadBalancer: z.looseObject({ ingress: z.array(z.looseObject({ hostname: z.string().optional() })).optional() }),
  }),
});

const allocations = "service.beta.kubernetes.io/aws-load-balancer-eip-allocations";

/** A door as somebody outside sees it: an object of the cluster with the address of a load balancer. */
interface Door {
  readonly name: string;
  /** Undefined where nobody gave it one. */
  readonly hostname: string | undefined;
  /** Elastic IPs that the object asks for. */
  readonly elasticIps: readonly string[];
}

/**
 * Every door that the load balancer controller makes ends at the addresses of pods: the object's address is a load
 * balancer's, and each of its target groups holds exactly the ready pods of the Service that it is bound to. So does every
 * target group that Terraform made and a TargetGroupBinding fills.
 */
export async function doorsEndAtPods(lane: Lane, sandbox: Sandbox): Promise<void> {
  const { folder, keeper, stacks } = sandbox;
  const of = stacks.find(({ json }) => json.output["doors"] !== undefined)?.id ?? "";
  const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
  try {
    const canRun = await lane.check("the controller that makes doors runs", of, async () => {
      needsLoadBalancerController(sandbox);
      return undefined;
    });
    if (!canRun) {
      return;
    }
    const written = readReport(folder.report).writtenAddresses.map(({ hostname }) => hostname);
    const doors = (await doorsOf(api)).filter(({ hostname }) => hostname === undefined || !written.includes(hostname));
    await lane.check("the controller has doors to make", of, async () => {
      if (doors.length === 0) {
        throw new Error(`${loadBalancerController} runs, and no Service and no Ingress waits for it`);
      }
      return `${doors.length} doors`;
    });
    for (const door of doors) {
      await lane.check(`door ends at pods: ${door.name}`, of, () => doorEnds(sandbox, api, door));
    }
    await lane.check("every bound target group holds its Service's pods", of, () => bindingsEnd(sandbox, api));
  } finally {
    api.close();
  }
}

async function doorsOf(api: KubernetesApi): Promise<readonly Door[]> {
  const kinds = { Service: "/api/v1/services", Ingress: "/apis/networking.k8s.io/v1/ingresses" };
  const doors = Object.entries(kinds).map(async ([kind, path]) =>
    ((await api.list(path))?.items ?? []).flatMap((object) => {
      const { spec, status } = balancedSchema.parse(object);
      const hostname = status.loadBalancer.ingress?.[0]?.hostname;
      const { namespace, name, annotations } = object.metadata;
      const elasticIps = annotations?.[allocations]?.split(",") ?? [];
      const isDoor = kind === "Ingress" || spec.type === "LoadBalancer";
      return isDoor ? [{ name: `${kind} ${namespace}/${name}`, hostname, elasticIps }] : [];
    }),
  );
  return (await Promise.all(doors)).flat();
}

async function doorEnds(sandbox: Sandbox, api: KubernetesApi, door: Door): Promise<string> {
  if (door.hostname === undefined) {
    throw new Error(`${door.name} has no address: ${loadBalancerController} made no load balancer for it`);
  }
  const balancer = (await loadBalancers(sandbox)).find(({ dnsName }) => dnsName === door.hostname);
  if (balancer === undefined) {
    throw new Error(`${door.name} has the address ${door.hostname}, and no load balancer has that`);
  }
  if (balancer.targetGroups.length === 0) {
    throw new Error(`${door.name}: load balancer ${balancer.arn} has no target group`);
  }
  if (door.elasticIps.length > 0 && !sameMembers(door.elasticIps, balancer.elasticIps)) {
    throw new Error(`${door.name} asks for Elastic IPs ${door.elasticIps}, its balancer has ${balancer.elasticIps}`);
  }
  const bound = await bindings(api);
  for (const { arn } of balancer.targetGroups) {
    const binding = bound.find(({ targetGroup }) => targetGroup === arn);
    if (binding === undefined) {
      throw new Error(`${door.name}: nothing fills target group ${arn}`);
    }
    await untilFilled(sandbox, api, binding);
  }
  return `${balancer.targetGroups.length} target groups`;
}

async function bindingsEnd(sandbox: Sandbox, api: KubernetesApi): Promise<string> {
  const bound = await bindings(api);
  for (const binding of bound) {
    await untilFilled(sandbox, api, binding);
  }
  if (bound.length === 0) {
    throw new Error("no target group is bound to a Service");
  }
  const groups = bound.map(({ targetGroup }) => targetGroup);
  const linked = (await loadBalancers(sandbox)).filter(({ vpcLinks }) => vpcLinks.length > 0);
  const empty = linked.filter(({ targetGroups }) => !targetGroups.some(({ arn }) => groups.includes(arn)));
  if (empty.length > 0) {
    throw new Error(`behind a VPC link and bound to no Service: ${empty.map(({ arn }) => arn).join(", ")}`);
  }
  return `${bound.length} bindings, ${linked.length} VPC links`;
}

interface Binding {
  readonly name: string;
  readonly targetGroup: string;
  readonly namespace: string;
  readonly service: string;
}

async function bindings(api: KubernetesApi): Promise<readonly Binding[]> {
  const objects = (await api.list("/apis/elbv2.k8s.aws/v1beta1/targetgroupbindings"))?.items ?? [];
  return objects.map((object) => {
    const { namespace = "default", name } = object.metadata;
    const { targetGroupARN, serviceRef } = bindingSchema.parse(object).spec;
    return { name: `${namespace}/${name}`, targetGroup: targetGroupARN, namespace, service: serviceRef.name };
  });
}

/** The controller fills target groups as fast as pods become ready, which is not at once. */
async function untilFilled(sandbox: Sandbox, api: KubernetesApi, binding: Binding): Promise<void> {
  const what = `target group of ${binding.name} to hold the pods of Service ${binding.namespace}/${binding.service}`;
  await until(what, 60, async () => {
    const pods = await readyAddresses(api, binding);
    const groups = (await loadBalancers(sandbox)).flatMap(({ targetGroups }) => targetGroups);
    const targets = groups.find(({ arn }) => arn === binding.targetGroup)?.targets ?? [];
    return pods.length > 0 && sameMembers(pods, targets);
  });
}

async function readyAddresses(api: KubernetesApi, { namespace, service }: Binding): Promise<readonly string[]> {
  const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
  const slices = (await api.list(path, { labelSelector: `kubernetes.io/service-name=${service}` }))?.items ?? [];
  return slices.flatMap((slice) =>
    (sliceSchema.parse(slice).endpoints ?? [])
      .filter(({ conditions }) => conditions.ready !== false)
      .flatMap(({ addresses }) => addresses),
  );
}

async function loadBalancers({ runs }: Sandbox): Promise<readonly LoadBalancer[]> {
  const { python } = await pythonEnvironment();
  const { stdout } = await promisify(execFile)(python, [join(__dirname, "..", "load-balancers.py")], {
    env: { ...runs.context.environment },
  });
  return balancersSchema.parse(JSON.parse(stdout));
}

function sameMembers(left: readonly string[], right: readonly string[]): boolean {
  return [...new Set(left)].sort().join() === [...new Set(right)].sort().join();
}
