import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Aws, startAws } from "@ingress-foundry/sandbox/aws/start";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudEnvironment, workspacesText } from "../../../test/support/cloud";
import { StandIn, terraformVersion } from "./stand-in";

const standIn = new StandIn();
let aws: Aws;

const vcs = {
  kind: "vcs",
  repository: "example/stacks",
  branch: "main",
  connection: { kind: "oauth-token", id: "ot-0123456789abcdef" },
} as const;

/** One environment that commands run, with everything an option makes, and one that commits run. */
const text =
  workspacesText([
    cloudEnvironment("shop", {
      project: "platform",
      notifications: { platform: { kind: "slack" } },
      tags: { team: "x" },
    }),
    cloudEnvironment("books", { trigger: vcs, autoApply: true }),
  ])["example-workspaces"] ?? "";

beforeAll(async () => {
  await standIn.start({ terraformVersion: "1.11.4" });
  aws = await startAws({ workDir: join(standIn.folder, "aws"), region: "us-west-2" });
});

afterAll(async () => {
  await standIn.close();
  await aws?.stop();
});

describe("the stack of the workspaces, with the real tfe provider", () => {
  it("is applied by begin's way, planned empty, and destroyed", async (context) => {
    if (terraformVersion() === undefined) context.skip("terraform is missing; install it, or put it on the PATH");
    const folder = standIn.stack("example-workspaces", text);
    const environment = {
      ...aws.environment,
      TF_VAR_notification_platform_url: "https://example.com/hook",
      TF_INPUT: "",
    };
    const run = (args: readonly string[], typed = "") =>
      standIn.run("tfe provider", folder, ["terraform", ...args, "-no-color"], { environment, typed });
    const override = join(folder, "begin_override.tf.json");
    writeFileSync(override, JSON.stringify({ terraform: { backend: { local: { path: "begin.tfstate" } } } }));
    const init = await run(["init", "-input=false"]);
    if (/Failed to (query|install|resolve)|Could not/.test(init.output)) context.skip(`terraform init: ${init.output}`);
    expect(init.output).toContain("successfully initialized");
    const applied = await run(["apply", "-input=false", "-auto-approve"]);
    expect(applied.output).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed/);
    const again = await run(["plan", "-input=false", "-detailed-exitcode"]);
    expect(again.output).toContain("No changes.");
    const destroyed = await run(["destroy", "-input=false", "-auto-approve"]);
    expect(destroyed.output).toContain("Destroy complete!");
    expect(standIn.unanswered).toEqual([]);
  });
});
