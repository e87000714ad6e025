import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Aws, startAws } from "@ingress-foundry/sandbox/aws/start";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { TestProject } from "../../../test/commands/test-project";
import { cloudEnvironment } from "../../../test/support/cloud";
import { minimal } from "../../../test/support/minimal";
import { unavailable } from "../terraform/root-module";
import { StandIn, terraformVersion } from "./stand-in";

const standIn = new StandIn();
let aws: Aws;

const vcs = {
  kind: "vcs",
  repository: "example/stacks",
  branch: "main",
  connection: { kind: "oauth-token", id: "ot-0123456789abcdef" },
} as const;

beforeAll(async () => {
  await standIn.start({ terraformVersion: "1.11.4" });
  aws = await startAws({ workDir: join(standIn.folder, "aws"), region: "us-west-2" });
});

afterAll(async () => {
  await standIn.close();
  await aws?.stop();
});

const variables = (): NodeJS.ProcessEnv => ({
  ...standIn.environment,
  ...aws.environment,
  TF_VAR_notification_platform_url: "https://example.com/hook",
});

/** Looks for Terraform and its plugins by an ordinary init. */
async function needs(context: TestContext, folder: string): Promise<void> {
  if (terraformVersion() === undefined) context.skip("terraform is missing; install it, or put it on the PATH");
  const { code, output } = await standIn.terraform(folder, "init", "-input=false", "-backend=false");
  const reason = code === 0 ? undefined : unavailable(output);
  // Neither a pass, which nobody saw, nor a failure of the stacks.
  if (reason !== undefined) context.skip(reason);
  expect(code, output).toBe(0);
}

const stackFolder = (project: TestProject, id: string) => join(project.root, "cdktf.out", "stacks", id);

describe("the stack of the workspaces, with the real tfe provider", () => {
  /** One environment that commands run, with everything an option makes, and one that commits run. */
  const project = new TestProject([
    cloudEnvironment("shop", {
      project: "platform",
      notifications: { platform: { kind: "slack" } },
      tags: { team: "x" },
    }),
    cloudEnvironment("books", {
      trigger: vcs,
      autoApply: true,
      credentials: { kind: "variables", reason: "Keys come from our own vault." },
    }),
  ]);
  const folder = stackFolder(project, "example-workspaces");
  const run = (...args: readonly string[]) =>
    standIn.run("tfe provider", folder, ["terraform", ...args, "-no-color", "-input=false"], {
      environment: { ...aws.environment, TF_VAR_notification_platform_url: "https://example.com/hook" },
    });

  let begins = false;
  /** Rows that follow the first one have nothing to look at where it could not be run. */
  const needsTheFirst = (context: TestContext) => {
    if (!begins) context.skip("the workspaces were not begun, for the reason that the row before has");
  };

  it("is begun by one command, and its state is then in the workspace that it made", async (context) => {
    expect(await project.run(["synth"])).toMatchObject({ code: 0 });
    await needs(context, folder);
    standIn.calls.length = 0;
    standIn.client = "tfe provider";
    begins = true;
    const begun = await project.run(["workspaces", "begin", "example", "--yes"], { variables: variables() });
    expect(begun).toMatchObject({ code: 0, stderr: "" });
    const { organization } = standIn.cloud;
    const own = organization.workspaceNamed("example-workspaces");
    expect(own?.states).toHaveLength(1);
    expect([...organization.workspaces.values()].map(({ name }) => name)).toHaveLength(9);
  });

  it("plans nothing a second time, from that state", async (context) => {
    needsTheFirst(context);
    expect((await run("plan", "-detailed-exitcode")).output).toContain("No changes.");
  });

  it("shares each state with those that read it, and has every request of its provider answered", (context) => {
    needsTheFirst(context);
    const { organization } = standIn.cloud;
    const consumers = (name: string) =>
      [...(organization.workspaceNamed(name)?.consumers ?? [])].map((id) => organization.workspace(id).name).sort();
    expect(consumers("shop-cluster")).toEqual(["shop-apps", "shop-controllers", "shop-identity"]);
    expect(consumers("shop-controllers")).toEqual(["shop-apps"]);
    expect(consumers("shop-apps")).toEqual([]);
    expect(standIn.unanswered).toEqual([]);
  });

  it("is destroyed but for the workspace that holds its own state", async (context) => {
    needsTheFirst(context);
    const own = ["tfe_workspace.workspaces", "tfe_workspace_settings.workspaces-settings"];
    const forgotten = await standIn.run("Terraform", folder, ["terraform", "state", "rm", ...own]);
    expect(forgotten.output).toContain("Successfully removed 2 resource instance(s)");
    const destroyed = await run("destroy", "-auto-approve");
    expect(destroyed.output).toContain("Destroy complete!");
    expect([...standIn.cloud.organization.workspaces.values()].map(({ name }) => name)).toEqual(["example-workspaces"]);
  });
});

describe("states that were in files", () => {
  it("are moved into their workspaces by one command, as they were", async (context) => {
    const project = new TestProject([minimal("dev")]);
    expect(await project.run(["synth"])).toMatchObject({ code: 0 });
    const folder = stackFolder(project, "dev-cluster");
    await needs(context, folder);
    const environment = { ...aws.environment };
    const state = {
      version: 4,
      terraform_version: "1.11.4",
      serial: 7,
      lineage: "8c1f5a0e-7c57-4b0c-9a53-0e5f0e6d5d11",
    };
    mkdirSync(join(project.root, "state"), { recursive: true });
    const output = { cluster_name: { value: "dev", type: "string" } };
    writeFileSync(
      join(project.root, "state", "dev-cluster.tfstate"),
      JSON.stringify({ ...state, outputs: output, resources: [], check_results: null }),
    );
    const before = await standIn.run("Terraform", folder, ["terraform", "init", "-input=false"], { environment });
    expect(before.output).toContain("successfully initialized");
    const cloud = cloudEnvironment("dev", { runs: { kind: "local" } });
    project.compiled("dev", `exports.default = ${JSON.stringify(cloud)};`);
    expect(await project.run(["synth"])).toMatchObject({ code: 0 });
    const moved = await project.run(["workspaces", "move", "dev", "--yes"], { variables: variables() });
    expect(moved).toMatchObject({ code: 0, stderr: "" });
    expect(moved.stdout).toMatch(/dev-cluster: moved, serial \d+\n/);
    const { organization } = standIn.cloud;
    const workspace = organization.workspaceNamed("dev-cluster");
    const content = JSON.parse(workspace?.states.at(-1)?.content?.toString("utf8") ?? "{}");
    expect(content).toMatchObject({ outputs: output, resources: [] });
  });
});

it("every request that the tfe provider makes of what it makes is answered", (context) => {
  if (!standIn.calls.some(({ client }) => client === "tfe provider"))
    context.skip("neither Terraform nor its tfe provider can be had");
  const names = standIn.calls.filter(({ client }) => client === "tfe provider").map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      "GET run-triggers/:id",
      "GET varsets/:id",
      "GET workspaces/:id",
      "GET workspaces/:id/relationships/remote-state-consumers",
      "PATCH workspaces/:id",
      "POST organizations/:organization/projects",
      "POST organizations/:organization/varsets",
      "POST organizations/:organization/workspaces",
      "POST varsets/:id/relationships/vars",
      "POST varsets/:id/relationships/workspaces",
      "POST workspaces/:id/notification-configurations",
      "POST workspaces/:id/relationships/remote-state-consumers",
      "POST workspaces/:id/run-triggers",
      "POST workspaces/:id/vars",
    ]),
  );
});
