import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { markedProcesses } from "@ingress-foundry/sandbox/marked-processes";
import { signalUnlessGone } from "@ingress-foundry/sandbox/processes";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { until } from "@ingress-foundry/sandbox/waiting";
import { z } from "zod";
import { chartMirror } from "../chart-mirror";
import { startGate } from "../gate";
import type { Lane } from "../lane";
import { expectCode, foundry, RunningFoundry } from "../running-foundry";
import { scratchProject } from "../scratch-project";
import { type Baseline, nothingIsLeft } from "./destroyed";

/** Things made before the first kill. */
const creations = 15;

const preflightSchema = z.looseObject({
  results: z.array(
    z.looseObject({ check: z.string(), looked: z.boolean(), findings: z.array(z.unknown()).default([]) }),
  ),
});

/** `foundry apply` and `destroy` in the life of an environment: killed, taken up, changed, destroyed, made again. */
export async function appliedWithFoundry(lane: Lane, sandbox: Sandbox, before: Baseline): Promise<void> {
  const { environment } = sandbox.plan;
  const project = join(sandbox.folder.root, "project");
  const variables = sandbox.runs.context.environment;
  const [cluster = "", , controllers = ""] = sandbox.stacks.map(({ id }) => id);
  // Charts of the sandbox's own repository, and DNS of an example domain: nothing of that is AWS's to answer for.
  const apply = ["apply", environment, "--yes", "--no-preflight"];
  const call = (...args: readonly string[]) => foundry(project, args, variables);
  await lane.need("the project is copied", environment, async () => {
    scratchProject(project, environment, chartMirror(sandbox));
    return undefined;
  });
  await lane.check("foundry preflight finds nothing that stops the first apply", environment, async () => {
    expectCode(await call("preflight", environment), 0);
    return undefined;
  });
  await lane.need("foundry apply is killed with Terraform in the cluster stack", cluster, () =>
    killedTogether(sandbox, project, apply, cluster),
  );
  await lane.need("foundry apply is interrupted, and leaves no lock", cluster, async () => {
    // Terraform cancels its calls: what waits before the gate never comes to AWS, and nothing is made that nobody knows.
    const gate = await startGate(sandbox.keeper.awsEndpoint, 3);
    const running = new RunningFoundry(project, apply, { ...variables, AWS_ENDPOINT_URL: gate.address });
    try {
      await running.until("it came to the gate", 300, () => gate.held() > 0);
      const begun = () => running.progress(cluster).unfinished.length;
      await running.until("Terraform finished what it had begun", 120, () => begun() === gate.held());
    } finally {
      running.signal("SIGINT");
      await running.ended;
      await gate.close();
    }
    const { output } = expectCode(await running.ended, 1);
    if (!output.includes("interrupted, and no lock is left")) {
      throw new Error(`it does not say that it was interrupted:\n${output}`);
    }
    return undefined;
  });
  await lane.need("foundry apply alone is killed, and Terraform ends well without it", controllers, async () => {
    const running = new RunningFoundry(project, apply, variables);
    await running.until(`${controllers} is applied`, 900, () => running.progress(controllers).unfinished.length > 0);
    running.signal("SIGKILL");
    await running.ended;
    await until(`Terraform to end in ${controllers}`, 600, async () => (await terraforms(sandbox)).length === 0);
    const { unfinished } = running.progress(controllers);
    if (unfinished.length > 0) {
      throw new Error(`Terraform was killed with it, in the middle of ${unfinished.join(", ")}`);
    }
    return undefined;
  });
  await lane.need("foundry apply goes on to the end", environment, async () => {
    const { output } = expectCode(await call(...apply), 0);
    if (!new RegExp(`^${cluster} +unchanged$`, "m").test(output)) {
      throw new Error(`${cluster} was applied already, and it does not say so:\n${output}`);
    }
    return undefined;
  });
  const planIsEmpty = (scenario: string) =>
    lane.check(scenario, environment, async () => {
      expectCode(await call("apply", environment, "--plan"), 0);
      return undefined;
    });
  await planIsEmpty("a plan after that is empty");
  await lane.check(
    "foundry preflight reaches the API server, which takes it for an administrator",
    environment,
    async () => {
      const { output } = await call("preflight", environment, "--json");
      const { results } = preflightSchema.parse(
        JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1)),
      );
      const apiServer = results.find(({ check }) => check === "API server");
      if (apiServer?.looked !== true || apiServer.findings.length > 0) {
        throw new Error(`it says otherwise:\n${output}`);
      }
      return undefined;
    },
  );
  await lane.check("a controller is removed together with what stands on it", environment, async () => {
    withoutDoors(project, environment);
    const { output } = expectCode(await call(...apply), 0);
    if (!output.includes("Two passes: ")) {
      throw new Error(`it was applied in one pass:\n${output}`);
    }
    return undefined;
  });
  await planIsEmpty("a plan after the removal is empty");
  await lane.need("foundry destroy", environment, async () => {
    expectCode(await call("destroy", environment, "--yes"), 0);
    return undefined;
  });
  await nothingIsLeft(lane, sandbox, before);
  await lane.need("a second life under the same name", environment, async () => {
    expectCode(await call(...apply), 0);
    expectCode(await call("apply", environment, "--plan"), 0);
    return undefined;
  });
  await lane.need("its file is refused, and foundry destroy takes what was synthesized last", environment, async () => {
    writeFileSync(join(project, "environments", `${environment}.ts`), "export default { name: 7 };\n");
    const { output } = expectCode(await call("destroy", environment, "--yes"), 0);
    if (!output.includes("destroys by what was synthesized last")) {
      throw new Error(`it does not say by what it destroys:\n${output}`);
    }
    return undefined;
  });
  await nothingIsLeft(lane, sandbox, before);
}

/** Kills everything at once, as a machine that dies does, with nothing half made. */
async function killedTogether(
  sandbox: Sandbox,
  project: string,
  apply: readonly string[],
  stack: string,
): Promise<undefined> {
  const gate = await startGate(sandbox.keeper.awsEndpoint, creations);
  const variables = { ...sandbox.runs.context.environment, AWS_ENDPOINT_URL: gate.address };
  const running = new RunningFoundry(project, apply, variables);
  try {
    await running.until("it came to the gate", 300, () => gate.held() > 0);
    await running.until(
      "Terraform finished what it had begun",
      120,
      () => running.progress(stack).unfinished.length === gate.held(),
    );
  } finally {
    running.signal("SIGKILL");
    for (const pid of await terraforms(sandbox)) {
      signalUnlessGone(-pid, "SIGKILL");
    }
    await running.ended;
    await gate.close();
  }
  await until("Terraform to be gone", 30, async () => (await terraforms(sandbox)).length === 0);
  return undefined;
}

/** Process ids of Terraform itself, each the first of its group. */
async function terraforms({ folder }: Sandbox): Promise<readonly number[]> {
  return (await markedProcesses(folder))
    .filter(({ command }) => /(^|\/)(terraform|tofu) (init|plan|apply|destroy)\b/.test(command))
    .map(({ pid }) => pid);
}

/** Takes every route and the controllers behind them out of an environment's file. */
function withoutDoors(project: string, environment: string): void {
  const file = join(project, "environments", `${environment}.ts`);
  const before = readFileSync(file, "utf8");
  const after = before
    .replaceAll(/\n {6}routes: \[[\s\S]*?\n {6}\],/g, "")
    .replace(/\n {2}controllers: \{.*\},/, "\n  controllers: { certManager: {} },");
  if (after.includes("routes:") || after.includes("awsLoadBalancerController")) {
    throw new Error(`environments/${environment}.ts has another form than this scenario knows:\n${after}`);
  }
  writeFileSync(file, after);
}
