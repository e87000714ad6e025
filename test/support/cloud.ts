import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import type { PolicyDocument } from "../../modules/identity/policy";
import type { EnvironmentInput } from "../../platform/environment";
import { workspacesStacks } from "../../stacks/workspaces-of";
import { checked } from "./environments";
import { minimal } from "./minimal";
import { parseStack, type TerraformJson } from "./synth";

type CloudInput = Extract<EnvironmentInput["state"], { kind: "cloud" }>;

/** The smallest environment whose runs are in Terraform Cloud, on agents that reach its private endpoint. */
export function cloudEnvironment(name = "shop", state: Partial<CloudInput> = {}): EnvironmentInput {
  const base = minimal(name);
  return {
    ...base,
    cluster: { ...base.cluster, credentials: "token" },
    state: {
      kind: "cloud",
      organization: "example",
      runs: { kind: "agent", pool: "apool-0123456789abcdef" },
      ...state,
    },
  };
}

/** Text of the stacks that make the workspaces of environments, by id. */
export function workspacesText(
  inputs: readonly EnvironmentInput[],
  policyOf: (stack: string) => PolicyDocument | undefined = () => undefined,
): Readonly<Record<string, string>> {
  const app = Testing.stubVersion(new App({ stackTraces: false, outdir: mkdtempSync(join(tmpdir(), "synth-")) }));
  const stacks = workspacesStacks(app, inputs.map(checked), policyOf);
  return Object.fromEntries(stacks.map((stack) => [stack.node.id, Testing.synth(stack, true)]));
}

/** The one stack that makes the workspaces of environments, as Terraform will read it. */
export function synthWorkspaces(...args: Parameters<typeof workspacesText>): TerraformJson {
  const [text, ...others] = Object.values(workspacesText(...args));
  if (text === undefined || others.length > 0) throw new Error("the environments are not of one organization");
  return parseStack(text);
}
