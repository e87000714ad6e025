import { KubernetesApi } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import { curlArguments } from "@ingress-foundry/sandbox/traffic/try/curl";
import { type Doors, type Trial, tryDoors } from "@ingress-foundry/sandbox/traffic/try/try";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { holdsWithin } from "@ingress-foundry/sandbox/waiting";
import { z } from "zod";
import type { Lane } from "../lane";
import { replyText } from "../reply-text";
import { applyStack } from "./applied";
import { needsLoadBalancerController } from "./load-balancer-controller";
import { faultsAreNoticed } from "./traffic-faults";

/** Milliseconds for a new door to answer: ExternalDNS looks once a minute, and targets have to become healthy. */
const patience = 180_000;

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
      return trials.length > 0 && trials.every(({ isAsExpected }) => isAsExpected) && trials.every(isByItsOwnName);
    };
    if (!(await holdsWithin(patience, answering))) {
      const failed = trials.filter(({ isAsExpected }) => !isAsExpected);
      const nameless = trials.filter((trial) => !isByItsOwnName(trial));
      throw new Error([...failed, ...nameless].map(trialText).join("\n") || "there is no door");
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
    await faultsAreNoticed(lane, sandbox, {
      stack: apps.id,
      trial: first,
      hostname: await hostnameOf(sandbox, apps.id, first),
    });
  }
}

/** Every host here is to have a record; without one a request goes by the load balancer's name, and shows nothing of it. */
function isByItsOwnName({ request }: Trial): boolean {
  return request.connectTo === undefined || request.expected.kind !== "answer";
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

async function hostnameOf(sandbox: Sandbox, stack: string, { door }: Trial): Promise<string> {
  return new URL(`http://${(await doorsOf(sandbox, stack))[door]}`).hostname;
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
