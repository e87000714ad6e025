import { setTimeout as sleep } from "node:timers/promises";
import { awsInventory, type Inventory } from "@ingress-foundry/sandbox/aws/inventory";
import { unattended } from "@ingress-foundry/sandbox/stack-runs";
import type { SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import type { TerraformResult } from "@ingress-foundry/sandbox/terraform";
import { errorsOf, readableOutput } from "@ingress-foundry/sandbox/terraform-messages";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { type Gate, startGate } from "../gate";
import type { Lane } from "../lane";
import { passed, stateResources } from "../plans";
import { RunningApply } from "../running-apply";

/** Kinds of the inventory that hold exactly one thing for each resource of a type. */
const kinds: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: "log group",
  aws_ecr_repository: "ecr repository",
  aws_eip: "elastic ip",
  aws_eks_cluster: "eks cluster",
  aws_flow_log: "flow log",
  aws_iam_role: "iam role",
  aws_internet_gateway: "internet gateway",
  aws_kms_key: "kms key",
  aws_launch_template: "launch template",
  aws_nat_gateway: "nat gateway",
  aws_route53_zone: "hosted zone",
  aws_subnet: "subnet",
  aws_vpc: "vpc",
  aws_vpc_endpoint: "vpc endpoint",
};

/** Things that have been made when Terraform is killed, or a few more: the network is there, the cluster is not. */
const creations = 20;

/** Milliseconds between two writings of a state in S3; OpenTofu writes a local one no more often. */
const persistInterval = 20_000;

/** How a backend behaves when Terraform is killed. */
export interface KilledBackend {
  /** Makes the lock of the killed run free again, as documented. Given what a plan says before that. */
  readonly reclaim: (stack: SynthesizedStack, plan: TerraformResult) => Promise<void>;
}

/** The lock of a local state goes with the process that held it. */
export const killedLocally: KilledBackend = {
  reclaim: async (_, plan) => {
    if (plan.exitCode !== 0) {
      throw new Error(`the killed run's lock is still held:\n${errorsOf(plan.output)}`);
    }
  },
};

/** Kills Terraform in a stack's first apply and applies again. */
export async function killedApply(
  lane: Lane,
  sandbox: Sandbox,
  stack: SynthesizedStack,
  { reclaim }: KilledBackend,
): Promise<void> {
  const { runs, keeper } = sandbox;
  let before: Inventory = {};
  await lane.need("init", stack.id, async () => {
    before = await awsInventory(sandbox.runs.context.environment);
    return passed(await runs.init(stack));
  });
  const gate = await startGate(keeper.awsEndpoint, creations);
  const started: RunningApply[] = [];
  try {
    await lane.need(`apply is killed with kill -9 after ${creations} creations or more`, stack.id, async () => {
      const apply = new RunningApply(runs, stack, { environment: { AWS_ENDPOINT_URL: gate.address } });
      started.push(apply);
      await untilWritten(sandbox, stack, gate, apply);
      return undefined;
    });
    await lane.check("a second apply is refused while the lock is held", stack.id, async () => {
      const second = await runs.run(stack, "apply", unattended);
      if (second.exitCode === 0 || !errorsOf(second.output).includes("Error acquiring the state lock")) {
        throw new Error(`a second apply was not refused for the lock:\n${readableOutput(second.output)}`);
      }
      return undefined;
    });
  } finally {
    await Promise.all(started.map((apply) => apply.kill()));
    await gate.close();
  }
  await lane.check("the lock of a killed apply can be taken again", stack.id, async () => {
    await reclaim(stack, await runs.run(stack, "plan", ["-input=false", "-json", "-refresh=false"]));
    return undefined;
  });
  await lane.need("apply after the crash converges", stack.id, async () => passed(await runs.apply(stack)));
  await lane.check("nothing is made twice", stack.id, async () => {
    await madeOnce(sandbox, stack, before);
    return undefined;
  });
}

/**
 * Waits until Terraform stands before the gate with nothing half made, and its state says all that it made. A state that is
 * not written at every change is written at the first one after a while: one more thing is made then.
 */
async function untilWritten(
  { runs }: Sandbox,
  stack: SynthesizedStack,
  gate: Gate,
  apply: RunningApply,
): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    await apply.until("it came to the gate", 120, () => gate.held() > 0);
    // Each resource that it has begun waits for one call at a time.
    await apply.until("it finished what it had begun", 120, () => apply.progress().unfinished.length === gate.held());
    const known = (await stateResources(runs, stack)).filter(({ mode }) => mode === "managed").length;
    if (known >= apply.progress().made.size) {
      return;
    }
    await sleep(persistInterval);
    gate.admit();
  }
  throw new Error("what Terraform has made does not come into its state");
}

async function madeOnce(sandbox: Sandbox, stack: SynthesizedStack, before: Inventory): Promise<void> {
  const after = await awsInventory(sandbox.runs.context.environment);
  const resources = await stateResources(sandbox.runs, stack);
  const wrong = Object.entries(kinds).flatMap(([type, kind]) => {
    const inState = resources.filter((resource) => resource.mode === "managed" && resource.type === type).length;
    const inAws = (after[kind] ?? []).filter((id) => !before[kind]?.includes(id)).length;
    return inState === inAws ? [] : [`${kind}: ${inState} in the state, ${inAws} in AWS`];
  });
  if (wrong.length > 0) {
    throw new Error(`what AWS holds is not what the state says:\n${wrong.join("\n")}`);
  }
}
