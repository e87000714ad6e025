import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { errorsOf, readableOutput } from "@ingress-foundry/sandbox/terraform-messages";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import type { Lane } from "../lane";
import { applyStack, contractsAreRead, secondPlanIsEmpty } from "./applied";
import { type KilledBackend, killedApply } from "./killed-apply";

/** State in S3: its lock is an object beside it, and a killed run leaves that object behind. */
export async function stateInS3(lane: Lane, sandbox: Sandbox): Promise<void> {
  const [cluster, identity] = sandbox.stacks;
  if (cluster === undefined || identity === undefined) {
    throw new Error(`${sandbox.plan.environment} has fewer than two stacks`);
  }
  await killedApply(lane, sandbox, cluster, killedInS3(sandbox));
  await lane.check("the state is an object in the bucket, without a lock", cluster.id, async () => {
    const { bucket, key } = Object(cluster.json.terraform.backend?.["s3"]);
    const { stdout } = await promisify(execFile)("aws", ["s3", "ls", "--recursive", `s3://${bucket}/`], {
      env: { ...sandbox.runs.context.environment },
    });
    const keys = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(/\s+/).at(-1));
    if (!keys.includes(String(key)) || keys.some((each) => each?.endsWith(".tflock"))) {
      throw new Error(`the bucket ${bucket} holds ${keys.join(", ")}`);
    }
    return undefined;
  });
  await applyStack(lane, sandbox, identity);
  await contractsAreRead(lane, sandbox, identity);
  await secondPlanIsEmpty(lane, sandbox, identity);
}

/** The lock's id stands in the refusal. */
const killedInS3 = ({ runs }: Sandbox): KilledBackend => ({
  reclaim: async (stack, plan) => {
    const id = /^\W*ID: +(\S+)$/m.exec(errorsOf(plan.output))?.[1];
    if (plan.exitCode === 0 || id === undefined) {
      throw new Error(`a killed run left no lock behind:\n${readableOutput(plan.output)}`);
    }
    const unlocked = await runs.run(stack, "force-unlock", ["-force", id]);
    if (unlocked.exitCode !== 0) {
      throw new Error(unlocked.output);
    }
  },
});
