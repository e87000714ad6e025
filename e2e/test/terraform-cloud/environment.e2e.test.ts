import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Aws, startAws } from "@ingress-foundry/sandbox/aws/start";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import dev from "../../../examples/dev";
import { synthText } from "../../../test/support/environments";
import { unavailable } from "../terraform/root-module";
import { StandIn, terraformVersion } from "./stand-in";

const run = promisify(execFile);
const standIn = new StandIn();
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
});
let aws: Aws;

const text = synthText({
  ...dev,
  state: { kind: "cloud", organization: "example", runs: { kind: "remote" } },
  cluster: { ...dev.cluster, credentials: "token" },
});
/** What the other two need is a Kubernetes API server, of which there is none here. */
const stacks = ["cluster", "identity"] as const;

beforeAll(async () => {
  aws = await startAws({ workDir: join(standIn.folder, "aws"), region: "eu-west-1" });
  // EKS admits no principal that IAM does not know; the roles of runs are the workspaces stack's.
  for (const name of new Set([...text.cluster.matchAll(/:role\/([^"/]+)"/g)].map(([, role = ""]) => role))) {
    await run("aws", ["iam", "create-role", "--role-name", name, "--assume-role-policy-document", trust], {
      env: { ...aws.environment },
    });
  }
  const { PATH: _, ...environment } = aws.environment;
  await standIn.start({ environment });
});

afterAll(async () => {
  await standIn.close();
  await aws?.stop();
});

const folders: Partial<Record<string, string>> = {};
const terraform = (stack: string, ...args: readonly string[]) => standIn.terraform(folders[stack] ?? "", ...args);
const workspace = (stack: string) => {
  const found = standIn.cloud.organization.workspaceNamed(`dev-${stack}`);
  if (found === undefined) throw new Error(`no workspace dev-${stack}`);
  return found;
};

describe("the stacks of dev, as they are synthesized, in runs", () => {
  it("are initialized, which makes their workspaces", async (context) => {
    if (terraformVersion() === undefined) context.skip("terraform is missing; install it, or put it on the PATH");
    for (const stack of stacks) {
      folders[stack] = standIn.stack(`dev-${stack}`, text[stack]);
      const { code, output } = await terraform(stack, "init", "-input=false");
      const reason = code === 0 ? undefined : unavailable(output);
      // Neither a pass, which nobody saw, nor a failure of the stacks.
      if (reason !== undefined) context.skip(reason);
      expect(code, output).toBe(0);
    }
  });

  it("need no more than the credentials that their worker has: cluster", async () => {
    const applied = await terraform("cluster", "apply", "-input=false", "-auto-approve");
    expect(applied.output).toMatch(/Apply complete! Resources: (\d+ imported, )?\d+ added/);
    expect(workspace("cluster").states.length).toBeGreaterThan(0);
  });

  it("fail with Forbidden where the cluster's state is not shared, and pass where it is: identity", async () => {
    const refused = await terraform("identity", "apply", "-input=false", "-auto-approve");
    expect(refused.output).toMatch(/Failed to retrieve workspace dev-cluster:\s+Forbidden/);
    workspace("cluster").consumers.add(workspace("identity").id);
    const applied = await terraform("identity", "apply", "-input=false", "-auto-approve");
    expect(applied.output).toMatch(/Apply complete! Resources: (\d+ imported, )?\d+ added/);
  });

  it.each(stacks)("plan nothing a second time: %s", async (stack) => {
    expect((await terraform(stack, "plan", "-input=false")).output).toContain("No changes.");
  });

  it.each([...stacks].reverse())("are destroyed in order: %s", async (stack) => {
    const destroyed = await terraform(stack, "destroy", "-input=false", "-auto-approve");
    expect(destroyed.output).toMatch(/Resources: 0 added, 0 changed, [1-9]\d* destroyed/);
  });
});
