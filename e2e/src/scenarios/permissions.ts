import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "@ingress-foundry/sandbox/synthesize";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import type { Lane } from "../lane";
import { NotRun } from "../results";

/** The committed policies of who applies allow every call that applying and destroying made. */
export async function permissionsSuffice(lane: Lane, { plan, folder }: Sandbox): Promise<void> {
  await lane.check("docs/permissions allows every call of Terraform's", plan.environment, async () => {
    if (!existsSync(join(projectRoot, "docs", "permissions", `${plan.environment}-cluster.json`))) {
      throw new NotRun("no policy of it is committed");
    }
    const calls = join(folder.aws, "calls.jsonl");
    const foundry = join(projectRoot, "node_modules", "@ingress-foundry", "program", "foundry.js");
    const args = [foundry, "permissions", plan.environment, "--calls", calls, "--check"];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectRoot });
    return stdout.trim();
  });
}
