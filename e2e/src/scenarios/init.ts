import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import type { Lane } from "../lane";
import { scratchProject } from "../scratch-project";
import { applyStack, secondPlanIsEmpty } from "./applied";
import { baseline, destroyLeavesNothing } from "./destroyed";
import { doorsEndAtPods } from "./doors";

/** What `foundry init` makes, and nobody has touched. */
export const initialized = "first";

/** A copy of the project without an environment, in which `foundry init` writes the first one. */
export function initializedProject(folder: string): string {
  const project = scratchProject(join(folder, "project"), "dev", []);
  for (const name of readdirSync(join(project, "environments")).filter((file) => file.endsWith(".ts"))) {
    rmSync(join(project, "environments", name));
  }
  const launcher = join(project, "node_modules", "@ingress-foundry", "program", "foundry.js");
  const answers = {
    region: "eu-west-1",
    account: "123456789012",
    admin: "arn:aws:iam::123456789012:role/platform-operators",
    network: "203.0.113.0/24",
  };
  const options = Object.entries(answers).flatMap(([name, value]) => [`--${name}`, value]);
  execFileSync(process.execPath, [launcher, "init", initialized, ...options, "--yes"], { cwd: project, stdio: "pipe" });
  return project;
}

/** What it wrote is applied as it is: every stack, an empty plan after each, a door that ends at pods, and destroyed. */
export async function initializedIsApplied(lane: Lane, sandbox: Sandbox): Promise<void> {
  const before = await baseline(sandbox);
  for (const stack of sandbox.stacks) await applyStack(lane, sandbox, stack);
  for (const stack of sandbox.stacks) await secondPlanIsEmpty(lane, sandbox, stack);
  await doorsEndAtPods(lane, sandbox);
  await destroyLeavesNothing(lane, sandbox, before);
}
