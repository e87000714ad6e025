import {
  AuthorizeSecurityGroupIngressCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client, ModifyTargetGroupCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { sdkOptions } from "@ingress-foundry/sandbox/aws/sdk";
import { KubernetesApi } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import { readBalancing } from "@ingress-foundry/sandbox/traffic/balancers/state";
import { curl, curlArguments, type Reply } from "@ingress-foundry/sandbox/traffic/try/curl";
import { type Doors, type Trial, tryDoors } from "@ingress-foundry/sandbox/traffic/try/try";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { holdsWithin } from "@ingress-foundry/sandbox/waiting";
import { z } from "zod";
import type { Lane } from "../lane";
import { applyStack } from "./applied";
import { needsLoadBalancerController } from "./load-balancer-controller";
import { drain, requestRate, rollOut, underLoad } from "./rollout";

/** Milliseconds for what was changed to show at a door: two health checks and what comes before them. */
const patience = 90_000;

/** Every door answers, what must not pass does not, and faults made on purpose are noticed by a request that fails. */
export async function trafficFlows(lane: Lane, sandbox: Sandbox): Promise<void> {
  for (const stack of sandbox.stacks) {
    await applyStack(lane, sandbox, stack);
  }
  const apps = sandbox.stacks.find(({ json }) => json.output["doors"] !== undefined);
  if (apps === undefined || !lane.runs(apps.id)) {
    return;
  }
  let trials: readonly Trial[] = [];
  await lane.need("every door answers", apps.id, async () => {
    needsLoadBalancerController(sandbox);
    const answering = async () => {
      trials = await tryAll(sandbox, apps.id);
      return trials.length > 0 && trials.every(({ isAsExpected }) => isAsExpected);
    };
    if (!(await holdsWithin(patience, answering))) {
      const failed = trials.filter(({ isAsExpected }) => !isAsExpected);
      throw new Error(failed.map(trialText).join("\n") || "there is no door");
    }
    return `${trials.length} requests`;
  });
  for (const trial of trials) {
    await lane.check(`${trial.door}: ${trial.request.purpose}`, apps.id, async () => replyText(trial.reply));
  }
  const forwarded = trials.filter(({ request }) => request.expected.kind === "answer");
  for (const trial of forwarded) {
    await lane.check(`${trial.door}: in a pod's own words`, apps.id, async () => {
      const words = trial.reply.kind === "answer" ? trial.reply.body : "";
      const pods = await namesOfPods(sandbox);
      const pod = pods.find((name) => words.includes(name));
      if (pod === undefined) {
        throw new Error(`none of ${pods.join(", ")} is named in the answer: ${words}`);
      }
      return pod;
    });
  }
  const [first] = forwarded;
  if (first !== undefined) {
    await faultsAreNoticed(lane, sandbox, apps.id, first);
  }
}

async function faultsAreNoticed(lane: Lane, sandbox: Sandbox, stack: string, door: Trial): Promise<void> {
  const { folder, keeper, plan } = sandbox;
  const options = sdkOptions(keeper.awsEndpoint, plan.region);
  const balancing = new ElasticLoadBalancingV2Client(options);
  const ec2 = new EC2Client(options);
  const ask = () => curl(folder, door.request);
  const becomes = async (what: string, isSo: (reply: Reply) => boolean): Promise<string> => {
    let reply = await ask();
    const held = await holdsWithin(patience, async () => {
      reply = await ask();
      return isSo(reply);
    });
    if (!held) {
      throw new Error(`${what}: the door still says ${replyText(reply)}`);
    }
    return replyText(reply);
  };
  const answers = (reply: Reply) => reply.kind === "answer" && reply.status === 200;

  const disruptions = { "a rollout": rollOut, "a node that is drained": drain };
  for (const [what, disrupt] of Object.entries(disruptions)) {
    await lane.check(`${what}, under ${requestRate} requests a second: how many are lost`, stack, async () => {
      const [workload = ""] = door.door.split("/");
      const { sent, lost } = await underLoad(folder, door.request, () => disrupt(sandbox, workload, workload));
      await becomes("afterwards", answers);
      if (sent === 0) {
        throw new Error("no request was sent at all");
      }
      const reasons = Object.entries(lost).map(([reason, count]) => `${count} × ${reason}`);
      const count = `${reasons.length === 0 ? "none" : reasons.join(", ")} of ${sent}`;
      lane.results.note(`lost at ${door.door} by ${what}: ${count}`);
      return count;
    });
  }

  await lane.check("a security group that is closed lets nothing pass", stack, async () => {
    const { balancers } = await readBalancing(balancing);
    const address = new URL(`http://${(await doorsOf(sandbox, stack))[door.door]}`).hostname;
    const found = balancers.find(({ balancer }) => balancer.DNSName === address);
    const [GroupId = ""] = found?.balancer.SecurityGroups ?? [];
    const port = found?.listeners[0]?.listener.Port ?? 80;
    const rule = {
      GroupId,
      IpPermissions: [{ IpProtocol: "tcp", FromPort: port, ToPort: port, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    };
    await ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    const silence = await becomes("closed", (reply) => reply.kind === "failure" && reply.code === 28);
    await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
    await becomes("opened again", answers);
    return silence;
  });

  await lane.check("a health check on a port where nothing listens takes the targets away", stack, async () => {
    const { groups } = await readBalancing(balancing);
    const [group] = groups;
    const TargetGroupArn = group?.group.TargetGroupArn ?? "";
    const before = group?.group.HealthCheckPort ?? "traffic-port";
    await balancing.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPort: "9" }));
    const refusal = await becomes("unhealthy", (reply) => reply.kind === "answer" && reply.status === 503);
    await balancing.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPort: before }));
    await becomes("healthy again", answers);
    return refusal;
  });

  await lane.check("a Service whose selector fits no pod leaves its door empty", stack, async () => {
    const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
    const [workload = ""] = door.door.split("/");
    const service = (await api.list("/api/v1/services"))?.items.find(({ metadata }) => metadata.name === workload);
    const path = `/api/v1/namespaces/${service?.metadata.namespace}/services/${workload}`;
    const { selector } = z.looseObject({ selector: z.record(z.string(), z.string()) }).parse(service?.["spec"]);
    const label = Object.keys(selector)[0] ?? "app";
    await api.mergePatch(path, { spec: { selector: { [label]: "nobody" } } });
    const refusal = await becomes("no target", (reply) => reply.kind === "answer" && reply.status === 503);
    await api.mergePatch(path, { spec: { selector } });
    await becomes("targets again", answers);
    api.close();
    return refusal;
  });
}

async function tryAll(sandbox: Sandbox, stack: string): Promise<readonly Trial[]> {
  const { folder, keeper, plan } = sandbox;
  const doors = await doorsOf(sandbox, stack);
  const { region, accountId } = plan;
  return tryDoors(
    { folder, awsEndpoint: keeper.awsEndpoint, region, accountId, doors, only: undefined },
    () => undefined,
  );
}

async function doorsOf({ runs, stacks }: Sandbox, id: string): Promise<Doors> {
  const stack = stacks.find((each) => each.id === id);
  const outputs = stack === undefined ? {} : await runs.outputs(stack);
  return z.record(z.string(), z.string()).parse(outputs["doors"]);
}

async function namesOfPods({ keeper }: Sandbox): Promise<readonly string[]> {
  const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
  const pods = (await api.list("/api/v1/pods"))?.items ?? [];
  api.close();
  return pods.map(({ metadata }) => metadata.name);
}

function trialText({ door, request, reply }: Trial): string {
  return `${door}, ${request.purpose}: curl ${curlArguments(request).join(" ")}: ${replyText(reply)}`;
}

function replyText(reply: Reply): string {
  return reply.kind === "answer"
    ? `${reply.status} ${reply.location || reply.body.split("\n")[0] || ""}`.trim()
    : reply.reason;
}
