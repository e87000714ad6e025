import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "@ingress-foundry/sandbox/synthesize";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import type { Lane } from "../lane";
import { NotRun } from "../results";

/** The committed policies of who applies allow every call that applying and destroying made. */
export async function permissionsSuffice(lane: Lane, { plan, folder }: Sandbox): Promise<void> {
  await lane.check("docs/permissions allows every call of Terraform's", plan.environment, async () => {
    const calls = kept(join(folder.aws, "calls.jsonl"), plan.environment);
    if (!existsSync(join(projectRoot, "docs", "permissions", `${plan.environment}-cluster.json`))) {
      const remedy = `npx foundry permissions ${plan.environment} --calls ${calls} --write`;
      throw new NotRun(`no policy of it is committed; ${remedy} makes them`);
    }
    const foundry = join(projectRoot, "node_modules", "@ingress-foundry", "program", "foundry.js");
    const args = [foundry, "permissions", plan.environment, "--calls", calls, "--check"];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectRoot });
    return stdout.trim();
  });
}

/** A copy that is there when the sandbox is gone: policies are made of it where calls are new. */
function kept(calls: string, environment: string): string {
  const folder = join(projectRoot, "dist");
  mkdirSync(folder, { recursive: true });
  const copy = join(folder, `calls-${environment}.jsonl`);
  copyFileSync(calls, copy);
  return copy;
}
