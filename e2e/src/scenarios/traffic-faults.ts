import {
  AuthorizeSecurityGroupIngressCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client, ModifyTargetGroupCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { sdkOptions } from "@ingress-foundry/sandbox/aws/sdk";
import { KubernetesApi } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import { readBalancing } from "@ingress-foundry/sandbox/traffic/balancers/state";
import { curl, type Reply } from "@ingress-foundry/sandbox/traffic/try/curl";
import type { Trial } from "@ingress-foundry/sandbox/traffic/try/try";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { holdsWithin } from "@ingress-foundry/sandbox/waiting";
import { z } from "zod";
import type { Lane } from "../lane";
import { replyText } from "../reply-text";
import { drain, requestRate, rollOut, underLoad } from "./rollout";
import { waitingReasons, withoutGates } from "./workload-change";

/** Milliseconds for what was changed to show at a door: two health checks and what comes before them. */
const patience = 90_000;

/** A door that answers through a load balancer, and what was asked there. */
export interface AnsweringDoor {
  readonly stack: string;
  readonly trial: Trial;
  /** The load balancer's own name. */
  readonly hostname: string;
}

/** Faults made on purpose at one door, each noticed by a request that fails and mended again. */
export async function faultsAreNoticed(lane: Lane, sandbox: Sandbox, door: AnsweringDoor): Promise<void> {
  const api = KubernetesApi.fromKubeconfig(sandbox.keeper.kubeconfig);
  try {
    const faults = new Faults(lane, sandbox, door, api);
    await faults.underDisruption();
    await faults.closedGroup();
    await faults.wrongHealthCheck();
    await faults.ofServices();
    await faults.ofPods();
  } finally {
    api.close();
  }
}

class Faults {
  private readonly balancing: ElasticLoadBalancingV2Client;
  private readonly ec2: EC2Client;
  private readonly workload: string;

  constructor(
    private readonly lane: Lane,
    private readonly sandbox: Sandbox,
    private readonly door: AnsweringDoor,
    private readonly api: KubernetesApi,
  ) {
    const options = sdkOptions(sandbox.keeper.awsEndpoint, sandbox.plan.region);
    this.balancing = new ElasticLoadBalancingV2Client(options);
    this.ec2 = new EC2Client(options);
    this.workload = door.trial.door.split("/")[0] ?? "";
  }

  /** What a rollout and a drained node lose; and the rollout again without what keeps it from losing anything. */
  async underDisruption(): Promise<void> {
    const { sandbox, workload } = this;
    const rollout = () => rollOut(sandbox, workload, workload);
    const disruptions = { "a rollout": rollout, "a node that is drained": () => drain(sandbox, workload, workload) };
    for (const [what, disrupt] of Object.entries(disruptions)) {
      await this.check(`${what}, under ${requestRate} requests a second: none is lost`, async () =>
        noneOf(await this.lost(what, disrupt)),
      );
    }
    await this.check("a rollout without readiness gate, drain or pods that stay loses requests", () =>
      this.withoutGates(undefined, async () => {
        const lost = await this.lost("a rollout without gate", rollout);
        if (lost.startsWith(none)) {
          throw new Error(`nothing noticed that pods went before others were there: ${lost}`);
        }
        return lost;
      }),
    );
  }

  async closedGroup(): Promise<void> {
    await this.check("a security group that is closed lets nothing pass", async () => {
      const { balancers } = await readBalancing(this.balancing);
      const found = balancers.find(({ balancer }) => balancer.DNSName === this.door.hostname);
      const [GroupId = ""] = found?.balancer.SecurityGroups ?? [];
      const { port: written, protocol } = new URL(this.door.trial.request.url);
      const port = Number(written || (protocol === "https:" ? 443 : 80));
      const rule = {
        GroupId,
        IpPermissions: [{ IpProtocol: "tcp", FromPort: port, ToPort: port, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
      };
      await this.ec2.send(new RevokeSecurityGroupIngressCommand(rule));
      const silence = await this.becomes("closed", (reply) => reply.kind === "failure" && reply.code === 28);
      await this.ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
      await this.becomes("opened again", answers);
      return silence;
    });
  }

  async wrongHealthCheck(): Promise<void> {
    await this.check("a health check on a port where nothing listens takes the targets away", async () => {
      const { groups } = await readBalancing(this.balancing);
      const [group] = groups;
      const TargetGroupArn = group?.group.TargetGroupArn ?? "";
      const before = group?.group.HealthCheckPort ?? "traffic-port";
      await this.balancing.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPort: "9" }));
      const refusal = await this.becomes("unhealthy", isUnavailable);
      await this.balancing.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPort: before }));
      await this.becomes("healthy again", answers);
      return refusal;
    });
  }

  async ofServices(): Promise<void> {
    const service = (await this.api.list("/api/v1/services"))?.items.find(
      ({ metadata }) => metadata.name === this.workload,
    );
    const path = `/api/v1/namespaces/${service?.metadata.namespace}/services/${this.workload}`;
    const spec = z
      .looseObject({
        selector: z.record(z.string(), z.string()),
        ports: z.array(z.looseObject({ port: z.number(), targetPort: z.union([z.number(), z.string()]) })),
      })
      .parse(service?.["spec"]);
    const label = Object.keys(spec.selector)[0] ?? "app";
    const faults = {
      "a Service whose selector fits no pod leaves its door empty": { selector: { [label]: "nobody" } },
      "a Service whose port is another one than the pods' leaves its door empty": {
        ports: spec.ports.map((port) => ({ ...port, targetPort: 9 })),
      },
    };
    for (const [fault, change] of Object.entries(faults)) {
      await this.check(fault, async () => {
        await this.api.mergePatch(path, { spec: change });
        const refusal = await this.becomes("without targets", isUnavailable);
        await this.api.mergePatch(path, { spec: { selector: spec.selector, ports: spec.ports } });
        await this.becomes("with targets again", answers);
        return refusal;
      });
    }
  }

  async ofPods(): Promise<void> {
    await this.check("an image that needs root does not start, and its door is empty", async () =>
      this.withoutGates(await this.imageOfRoot(), async () => {
        await this.becomes("without pods", isUnavailable);
        let reasons: readonly string[] = [];
        const isRefused = async () => {
          reasons = await waitingReasons(this.api, this.workload);
          return reasons.includes("CreateContainerConfigError");
        };
        if (!(await holdsWithin(patience, isRefused))) {
          throw new Error(`its containers wait because of ${reasons.join(", ") || "nothing"}`);
        }
        return reasons.join(", ");
      }),
    );
  }

  /** An image that every node has, and that runs as root: the cluster's own name server. */
  private async imageOfRoot(): Promise<string> {
    const pods = (await this.api.list("/api/v1/namespaces/kube-system/pods"))?.items ?? [];
    const images = pods.flatMap((pod) => podImages.parse(pod).spec.containers.map(({ image }) => image));
    const found = images.find((image) => image.includes("/coredns"));
    if (found === undefined) {
      throw new Error(`CoreDNS does not run here, only ${images.join(", ")}`);
    }
    return found;
  }

  /** Does something while nothing guards the workload's rollouts, and has it back as it was. */
  private async withoutGates(image: string | undefined, work: () => Promise<string>): Promise<string> {
    const undo = await withoutGates(this.api, this.workload, image);
    try {
      return await work();
    } finally {
      await undo();
      await this.becomes("as it was", answers);
    }
  }

  private async lost(what: string, disrupt: () => Promise<void>): Promise<string> {
    const { trial } = this.door;
    const { sent, lost } = await underLoad(this.sandbox.folder, trial.request, disrupt);
    await this.becomes("afterwards", answers);
    if (sent === 0) {
      throw new Error("no request was sent at all");
    }
    const reasons = Object.entries(lost).map(([reason, count]) => `${count} × ${reason}`);
    const count = `${reasons.length === 0 ? none : reasons.join(", ")} of ${sent}`;
    this.lane.results.note(`lost at ${trial.door} by ${what}: ${count}`);
    return count;
  }

  private check(what: string, work: () => Promise<string>): Promise<boolean> {
    return this.lane.check(what, this.door.stack, work);
  }

  private async becomes(what: string, isSo: (reply: Reply) => boolean): Promise<string> {
    const ask = () => curl(this.sandbox.folder, this.door.trial.request);
    let reply = await ask();
    const held = await holdsWithin(patience, async () => {
      reply = await ask();
      return isSo(reply);
    });
    if (!held) {
      throw new Error(`${what}: the door still says ${replyText(reply)}`);
    }
    return replyText(reply);
  }
}

const podImages = z.looseObject({
  spec: z.looseObject({ containers: z.array(z.looseObject({ image: z.string() })) }),
});

const none = "none";

/** @throws Error when some were lost */
function noneOf(lost: string): string {
  if (!lost.startsWith(none)) {
    throw new Error(`pods went before the load balancer knew of others: ${lost}`);
  }
  return lost;
}

function answers(reply: Reply): boolean {
  return reply.kind === "answer" && reply.status === 200;
}

/** The load balancer answers, and has nobody to ask. */
function isUnavailable(reply: Reply): boolean {
  return reply.kind === "answer" && [502, 503, 504].includes(reply.status);
}
