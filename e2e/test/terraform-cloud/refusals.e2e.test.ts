import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TerraformRuns, whyFailed } from "../../../commands/terraform/runs";
import type { SynthesizedStack } from "../../../commands/terraform/stacks";
import { TestProject } from "../../../test/commands/test-project";
import { StandIn, terraformVersion } from "./stand-in";

const standIn = new StandIn();
const made = { resource: { terraform_data: { made: { input: "hello" } } }, output: { text: { value: "hi" } } };
const reads = {
  data: {
    terraform_remote_state: {
      cluster: {
        backend: "remote",
        config: { organization: "example", hostname: "app.terraform.io", workspaces: { name: "dev-cluster" } },
      },
    },
  },
  output: { text: { value: "${data.terraform_remote_state.cluster.outputs.text}" } },
};

beforeAll(() => standIn.start());
afterAll(() => standIn.close());
beforeEach((context) => {
  if (terraformVersion() === undefined) context.skip("terraform is missing; install it, or put it on the PATH");
});

const workspace = (name: string) => {
  const found = standIn.cloud.organization.workspaceNamed(name);
  if (found === undefined) throw new Error(`no workspace ${name}`);
  return found;
};

/** Terraform as foundry starts it. */
function runs(variables: Readonly<Record<string, string>> = {}): TerraformRuns {
  standIn.client = "Terraform";
  const surroundings = new TestProject().surroundings({ variables: { ...standIn.environment, ...variables } });
  return new TerraformRuns(surroundings, standIn.folderOf("logs"), new AbortController().signal);
}
const stack = (folder: string): SynthesizedStack => ({
  id: basename(folder),
  kind: "cluster",
  folder,
  producers: [],
  fingerprint: "",
  addresses: new Set(),
  moved: [],
  forgotten: [],
});
const refusalOf = (running: Promise<unknown>) =>
  running.then(
    () => undefined,
    ({ message }: Error) => message,
  );
async function applied(folder: string): Promise<string> {
  await runs().init(stack(folder));
  return whyFailed(await runs().run(stack(folder), ["apply", "-auto-approve"]));
}

describe("what Terraform Cloud refuses is one sentence with the next step", () => {
  it("where nobody is signed in", async () => {
    const folder = standIn.root("nobody", made);
    const file = join(folder, "empty.tfrc");
    const services = `services = { "tfe.v2" = "${standIn.cloud.address}/api/v2/" }`;
    writeFileSync(file, `host "app.terraform.io" {\n  ${services}\n}\n`);
    expect(await refusalOf(runs({ TF_CLI_CONFIG_FILE: file }).init(stack(folder)))).toBe(
      "nobody cannot be initialized; terraform init says:\nnobody is signed in to app.terraform.io; terraform login " +
        "app.terraform.io does it for a person, and the variable TF_TOKEN_app_terraform_io for a pipeline",
    );
  });

  it("where there is no such organization", async () => {
    const folder = standIn.root("elsewhere", made, { organization: "nobody" });
    expect(await refusalOf(runs().init(stack(folder)))).toContain(
      "app.terraform.io has no organization nobody that this token may see; correct state.organization in the " +
        "environment's file, or sign in as a member of it",
    );
  });

  it("where a state is not shared with who reads it", async () => {
    await applied(standIn.root("dev-cluster", made));
    expect(await applied(standIn.root("dev-identity", reads))).toBe(
      "the state of dev-cluster is not shared with this stack; apply the stack of the workspaces, which shares each " +
        "state with those that read its contract",
    );
  });

  it("where a person holds the lock", async () => {
    const folder = standIn.root("held", made);
    await runs().init(stack(folder));
    workspace("held").settings = { ...workspace("held").settings, "execution-mode": "local" };
    workspace("held").lock = { kind: "user", id: "ada" };
    expect(whyFailed(await runs().run(stack(folder), ["apply", "-auto-approve"]))).toMatch(
      /^its state is locked by a run, or a person, .* called example\/held; wait for them, or see docs\/recovery\.md/,
    );
  });
});
