import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { StackRuns } from "@ingress-foundry/sandbox/stack-runs";

/** What the AWS CLI answers from a sandbox, read as JSON; undefined where it says nothing. */
export async function awsCli({ context }: Pick<StackRuns, "context">, ...args: readonly string[]): Promise<unknown> {
  const env = { ...context.environment };
  const { stdout } = await promisify(execFile)("aws", [...args, "--output", "json"], { env });
  return stdout.trim() === "" ? undefined : JSON.parse(stdout);
}
