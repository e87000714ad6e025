import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { readStacks } from "@ingress-foundry/sandbox/synthesized";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { chartMirror } from "../chart-mirror";
import type { Lane } from "../lane";
import { passed } from "../plans";
import { NotRun } from "../results";
import { scratchProject } from "../scratch-project";
import { contractsAreRead, secondPlanIsEmpty } from "./applied";
import { type Baseline, nothingIsLeft } from "./destroyed";
import { doorsEndAtPods } from "./doors";
import { recordsAreMade } from "./records";
import { rolesSuffice } from "./roles";

/** Deploys and destroys an environment with the cdktf CLI, from a copy of the project, as a platform team does. */
export async function deployedWithCdktf(lane: Lane, sandbox: Sandbox, before: Baseline): Promise<void> {
  const { environment } = sandbox.plan;
  const project = join(sandbox.folder.root, "project");
  for (const stack of sandbox.stacks) {
    await lane.need("init", stack.id, async () => passed(await sandbox.runs.init(stack)));
  }
  const ids = sandbox.stacks.map(({ id }) => id).filter((id) => lane.runs(id));
  await lane.need("the project is copied", environment, async () => {
    scratchProject(project, environment, chartMirror(sandbox));
    return undefined;
  });
  await lane.need("npx cdktf deploy", environment, async () => {
    if (ids.length === 0) {
      throw new NotRun("no stack can be initialized here");
    }
    return cdktf(sandbox, project, "deploy", ids);
  });
  if (lane.runs(environment)) {
    const copy = { ...sandbox, stacks: readStacks(join(project, "cdktf.out"), environment) };
    for (const stack of copy.stacks.filter(({ id }) => ids.includes(id))) {
      await secondPlanIsEmpty(lane, copy, stack);
      await contractsAreRead(lane, copy, stack);
    }
    await doorsEndAtPods(lane, copy);
    await recordsAreMade(lane, copy);
    await rolesSuffice(lane, copy);
  }
  await lane.check("npx cdktf destroy refuses the wrong order", ids[0] ?? "", async () => {
    const output = await cdktf(sandbox, project, "destroy", ids.slice(0, 1)).then(
      () => "",
      (error: unknown) => String(error),
    );
    if (!output.includes("dependant stacks are not included in the stacks to run")) {
      throw new Error(`it was not refused for the stacks that stand on it:\n${output}`);
    }
    return undefined;
  });
  await lane.need("npx cdktf destroy", environment, async () => {
    if (ids.length < sandbox.stacks.length) {
      // Told to leave them out, it starts Terraform again and again.
      throw new NotRun(
        "the CLI destroys no stack without those that depend on it, and some cannot be initialized here",
      );
    }
    return cdktf(sandbox, project, "destroy", ids);
  });
  if (lane.runs(environment)) {
    await nothingIsLeft(lane, sandbox, before);
  }
}

async function cdktf(
  { folder, runs }: Sandbox,
  project: string,
  command: "deploy" | "destroy",
  stacks: readonly string[],
): Promise<undefined> {
  mkdirSync(folder.logs, { recursive: true });
  const file = join(folder.logs, `cdktf-${command}.log`);
  const log = openSync(file, "w");
  // Locking asks the registry for every platform's checksums, also where a mirror has the plugins.
  const args = [command, ...stacks, "--auto-approve", "--skip-provider-lock"];
  const child = spawn(join(project, "node_modules", ".bin", "cdktf"), args, {
    cwd: project,
    env: { ...runs.context.environment, CI: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) {
    const lines = stripVTControlCharacters(readFileSync(file, "utf8")).trim().split("\n");
    throw new Error(`cdktf ${args.join(" ")} ended with ${code}:\n${lines.slice(-40).join("\n")}`);
  }
  return undefined;
}
