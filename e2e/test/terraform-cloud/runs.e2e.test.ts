import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Run } from "@ingress-foundry/sandbox/terraform-cloud/records";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { projectFolder, StandIn, tableOf, terraformVersion } from "./stand-in";

const standIn = new StandIn();

/** Milliseconds by which the stand-in's clock is ahead. */
let later = 0;

beforeAll(() => standIn.start({ now: () => new Date(Date.now() + later) }));
afterAll(() => standIn.close());
beforeEach((context) => {
  if (terraformVersion() === undefined) context.skip("terraform is missing; install it, or put it on the PATH");
});

/** Outputs of every kind that a contract has. */
const producer = {
  resource: { terraform_data: { made: { input: "hello" } } },
  output: { text: { value: "hi" }, list: { value: ["a", "b"] }, map: { value: { key: "value" } } },
};
const consumer = {
  data: {
    terraform_remote_state: {
      producer: {
        backend: "remote",
        config: { organization: "example", hostname: "app.terraform.io", workspaces: { name: "producer" } },
      },
    },
  },
  resource: {
    terraform_data: { read: { input: "${data.terraform_remote_state.producer.outputs.list[1]}" } },
  },
  output: { map: { value: "${data.terraform_remote_state.producer.outputs.map.key}" } },
};
/** Takes its time, and keeps what it did before. */
const slow = {
  resource: {
    terraform_data: {
      first: { input: "1" },
      second: { depends_on: ["terraform_data.first"], provisioner: [{ "local-exec": { command: "sleep 8" } }] },
    },
  },
};

const workspace = (name: string) => {
  const found = standIn.cloud.organization.workspaceNamed(name);
  if (found === undefined) throw new Error(`no workspace ${name}`);
  return found;
};
const lastRun = (name: string): Run => {
  const [run] = standIn.cloud.organization.runsOf(workspace(name));
  if (run === undefined) throw new Error(`no run in ${name}`);
  return run;
};
async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !holds(); await sleep(100)) {
    if (Date.now() > end) throw new Error(`still not so after a minute: ${holds}`);
  }
}
async function initialized(name: string, module: object): Promise<string> {
  const folder = standIn.root(name, module);
  expect((await standIn.terraform(folder, "init", "-input=false")).output).toContain("successfully initialized");
  return folder;
}
const apply = (folder: string) => standIn.terraform(folder, "apply", "-input=false", "-auto-approve");

describe("runs in remote execution", () => {
  let folder = "";

  it("are made of what is uploaded, keep their state in the workspace, and plan nothing a second time", async () => {
    folder = await initialized("producer", producer);
    expect(await apply(folder)).toMatchObject({ code: 0, output: expect.stringContaining("1 added, 0 changed") });
    expect(workspace("producer").states).toHaveLength(1);
    const again = await standIn.terraform(folder, "plan", "-input=false");
    expect(again.output).toContain("No changes.");
    expect(lastRun("producer").status).toBe("planned_and_finished");
    expect((await standIn.terraform(folder, "output", "-json")).output).toContain('"b"');
  });

  it("keep a plan that waits for nobody, is shown as JSON, and is applied exactly", async () => {
    const kept = await initialized("kept", producer);
    const planned = await standIn.terraform(kept, "plan", "-input=false", "-out=kept.tfplan");
    expect(planned.code).toBe(0);
    expect(lastRun("kept").status).toBe("planned_and_saved");
    expect(workspace("kept").lock).toBeUndefined();
    const shown = await standIn.run("Terraform", kept, ["terraform", "show", "-json", "kept.tfplan"]);
    expect(JSON.parse(shown.output).resource_changes).toHaveLength(1);
    const applied = await standIn.terraform(kept, "apply", "-input=false", "kept.tfplan");
    expect(applied.output).toContain("1 added, 0 changed");
    expect(lastRun("kept").status).toBe("applied");
  });

  it("fail with Forbidden where they read a state that is not shared, and with nothing else", async () => {
    const reader = await initialized("consumer", consumer);
    const refused = await apply(reader);
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/Failed to retrieve workspace producer:\s+Forbidden/);
    workspace("producer").consumers.add(workspace("consumer").id);
    expect(await apply(reader)).toMatchObject({ code: 0 });
    expect((await standIn.terraform(reader, "output", "-raw", "map")).output).toBe("value");
    workspace("producer").consumers.clear();
    expect((await apply(reader)).output).toContain("Forbidden");
  });

  it("go on to their end when the command is killed, and give the lock back", async () => {
    const slowly = await initialized("killed", slow);
    const killed = new AbortController();
    const running = standIn.run(
      "Terraform",
      slowly,
      ["terraform", "apply", "-input=false", "-auto-approve", "-no-color"],
      { signal: killed.signal },
    );
    await until(() => standIn.cloud.organization.workspaceNamed("killed")?.lock?.kind === "run");
    await until(() => lastRun("killed").status === "applying");
    killed.abort();
    await running;
    expect(workspace("killed").lock?.kind).toBe("run");
    await until(() => lastRun("killed").status === "applied");
    expect(workspace("killed").lock).toBeUndefined();
    expect((await standIn.terraform(slowly, "plan", "-input=false")).output).toContain("No changes.");
  });

  it("hold the lock while they wait for a confirmation, and are confirmed twenty minutes later", async () => {
    const waiting = await initialized("waiting", producer);
    const asked = await standIn.terraform(waiting, "apply", "-input=false");
    expect(asked.output).toContain("Cannot confirm apply due to -input=false");
    const run = lastRun("waiting");
    expect(run.status).toBe("planned");
    expect(workspace("waiting").lock).toEqual({ kind: "run", id: run.id });
    const taint = await standIn.terraform(waiting, "taint", "-allow-missing", "terraform_data.none");
    expect(taint.output).toContain('workspace already locked (lock ID: "example/waiting")');
    later = 20 * 60_000;
    standIn.cloud.queue.confirm(run);
    await until(() => run.status === "applied");
    expect(workspace("waiting").lock).toBeUndefined();
  });

  it("are discarded where nobody confirms them, with nothing made", async () => {
    const discarded = await initialized("discarded", producer);
    const asked = await standIn.run("Terraform", discarded, ["terraform", "apply", "-no-color"], { typed: "no\n" });
    expect(asked.output).toContain("Apply discarded");
    expect(lastRun("discarded").status).toBe("discarded");
    expect(workspace("discarded")).toMatchObject({ lock: undefined, states: [] });
  });

  it("are cancelled by Ctrl-C half-way, with what they made in the state", async () => {
    const cancelled = await initialized("cancelled", slow);
    const interrupt = new AbortController();
    const running = standIn.run(
      "Terraform",
      cancelled,
      ["terraform", "apply", "-input=false", "-auto-approve", "-no-color"],
      { signal: interrupt.signal, with: "SIGINT" },
    );
    await until(() => standIn.cloud.organization.workspaceNamed("cancelled")?.lock?.kind === "run");
    await until(() => lastRun("cancelled").status === "applying");
    await sleep(2000);
    interrupt.abort();
    await running;
    await until(() => workspace("cancelled").lock === undefined);
    expect(lastRun("cancelled").status).toMatch(/canceled|errored/);
    const state = workspace("cancelled").states.at(-1)?.content?.toString("utf8") ?? "";
    expect(state).toContain('"first"');
  });

  it("start the runs of those whose trigger leads there, with what they had last", async () => {
    const [source, target] = [workspace("producer"), workspace("consumer")];
    source.consumers.add(target.id);
    target.settings = { ...target.settings, "auto-apply-run-trigger": true };
    const made = { id: "rt-0123456789abcdef", workspace: target.id, sourceable: source.id, createdAt: "" };
    standIn.cloud.organization.runTriggers.set(made.id, made);
    standIn.root("producer", { ...producer, output: { ...producer.output, list: { value: ["a", "c"] } } });
    expect(await apply(folder)).toMatchObject({ code: 0 });
    await until(() => lastRun("consumer").status === "applied");
    expect(lastRun("consumer").options.message).toBe("Triggered by producer");
  });

  it("destroy what was made", async () => {
    const destroyed = await standIn.terraform(folder, "destroy", "-input=false", "-auto-approve");
    expect(destroyed.output).toContain("1 destroyed");
  });
});

describe("local execution", () => {
  let folder = "";

  it("keeps state and lock in the workspace alone", async () => {
    folder = await initialized("local", producer);
    workspace("local").settings = { ...workspace("local").settings, "execution-mode": "local" };
    expect(await apply(folder)).toMatchObject({ code: 0, output: expect.stringContaining("1 added") });
    expect(standIn.cloud.organization.runsOf(workspace("local"))).toEqual([]);
    expect(workspace("local").lock).toBeUndefined();
    expect((await standIn.terraform(folder, "plan", "-input=false")).output).toContain("No changes.");
  });

  it("leaves the lock of a killed command, which is called after the workspace", async () => {
    standIn.root("local", slow);
    const kill = new AbortController();
    const running = standIn.run(
      "Terraform",
      folder,
      ["terraform", "apply", "-input=false", "-auto-approve", "-no-color"],
      { signal: kill.signal },
    );
    await until(() => workspace("local").lock?.kind === "user");
    kill.abort();
    await running;
    expect((await apply(folder)).output).toContain('workspace already locked (lock ID: "example/local")');
    const wrong = await standIn.terraform(folder, "force-unlock", "-force", "7d2b4c1e-0f5a-4b9a-9d0e-0c5e2a4f1b11");
    expect(wrong.code).toBe(1);
    expect(await standIn.terraform(folder, "force-unlock", "-force", "example/local")).toMatchObject({ code: 0 });
    expect(workspace("local").lock).toBeUndefined();
  });
});

describe("the CLI of cdktf", () => {
  const app = `
    const { App, TerraformStack, CloudBackend, NamedCloudWorkspace } = require("${join(projectFolder, "node_modules", "cdktf")}");
    const app = new App();
    for (const name of ["one", "two"]) {
      const stack = new TerraformStack(app, name);
      new CloudBackend(stack, { organization: "example", workspaces: new NamedCloudWorkspace(name) });
      stack.addOverride("resource.terraform_data.made", { input: name });
    }
    app.synth();`;

  it("deploys, finds nothing to do, and destroys, by runs", async () => {
    const folder = standIn.folderOf("cdktf");
    writeFileSync(join(folder, "app.js"), app);
    writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ language: "typescript", app: "node app.js" }));
    const cdktf = (...args: readonly string[]) =>
      standIn.run("CDKTF CLI", folder, [join(projectFolder, "node_modules", ".bin", "cdktf"), ...args], {
        environment: { CI: "1", CDKTF_LOG_LEVEL: "error" },
      });
    expect(await cdktf("deploy", "one", "two", "--auto-approve")).toMatchObject({ code: 0 });
    expect(lastRun("one").status).toBe("applied");
    expect(lastRun("two").status).toBe("applied");
    expect((await cdktf("diff", "one")).output).toContain("No changes.");
    expect(await cdktf("destroy", "one", "--auto-approve")).toMatchObject({ code: 0 });
    expect(lastRun("one")).toMatchObject({ status: "applied", options: { destroy: true } });
  });
});

describe("bad input", () => {
  it("is told apart: no token", async () => {
    const folder = standIn.root("nobody", producer);
    const file = join(folder, "empty.tfrc");
    writeFileSync(
      file,
      `host "app.terraform.io" {\n  services = { "tfe.v2" = "${standIn.cloud.address}/api/v2/" }\n}\n`,
    );
    const { code, output } = await standIn.run("Terraform", folder, ["terraform", "init", "-no-color"], {
      environment: { TF_CLI_CONFIG_FILE: file },
    });
    expect(code).toBe(1);
    expect(output).toContain("Required token could not be found");
  });

  it("is told apart: an organization that is not there", async () => {
    const folder = standIn.root("elsewhere", producer, { organization: "nobody" });
    expect((await standIn.terraform(folder, "init", "-input=false")).output).toContain(
      'organization "nobody" at host app.terraform.io not found',
    );
  });

  it("is none: init makes a project that is not there", async () => {
    const folder = standIn.root("projectless", producer, { workspaces: { name: "projectless", project: "none" } });
    const { code, output } = await standIn.terraform(folder, "init", "-input=false");
    expect({ code, output }).toMatchObject({ code: 0 });
    const { project } = workspace("projectless");
    expect(standIn.cloud.organization.projects.get(project)?.name).toBe("none");
  });

  it("is told apart: a workspace of another Terraform version", async () => {
    const folder = await initialized("older", producer);
    workspace("older").settings = { ...workspace("older").settings, "terraform-version": "1.10.5" };
    expect((await apply(folder)).output).toContain("Terraform 1.10.5 is not available");
  });

  it("is told apart: a lock that a person holds", async () => {
    const folder = await initialized("held", producer);
    workspace("held").lock = { kind: "user", id: "ada" };
    workspace("held").settings = { ...workspace("held").settings, "execution-mode": "local" };
    expect((await apply(folder)).output).toContain("workspace already locked");
  });

  it("never reached anything that the stand-in does not answer", () => {
    expect(standIn.unanswered).toEqual([]);
  });

  it("leaves every request that the stand-in answers listed with who makes it", async () => {
    await expect(tableOf(standIn.calls, ["Terraform", "CDKTF CLI"])).toMatchFileSnapshot("requests-of-runs.md");
  });
});
