import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cloudEnvironment } from "../support/cloud";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

const state = JSON.stringify({ version: 4, lineage: "0d6e", serial: 3, outputs: {}, resources: [] });

/** A folder as Terraform leaves it, initialized with a kind of backend. */
function initialized(project: TestProject, id: string, backend: string): string {
  const folder = join(project.root, "cdktf.out", "stacks", id);
  mkdirSync(join(folder, ".terraform"), { recursive: true });
  writeFileSync(join(folder, ".terraform", "terraform.tfstate"), JSON.stringify({ backend: { type: backend } }));
  return folder;
}

describe("foundry workspaces move", () => {
  async function synthesized(): Promise<TestProject> {
    const project = new TestProject([cloudEnvironment("dev")]);
    expect(await project.run(["synth"])).toMatchObject({ code: 0 });
    return project;
  }

  it("moves what was initialized elsewhere, in order, and answers the two questions that no flag answers", async () => {
    const project = await synthesized();
    for (const id of ["dev-identity", "dev-cluster"]) initialized(project, id, "s3");
    project.standIn(
      "terraform",
      `case "$*" in *pull*) echo '${state}' ;; *) echo "input $(cat | tr '\\n' ' ')" >> '${project.root}/typed' ;; esac`,
    );
    const { code, stdout } = await project.run(["workspaces", "move", "dev", "--yes"]);
    expect(code).toBe(0);
    expect(stdout).toContain("dev-cluster: from s3 to its workspace\ndev-identity: from s3 to its workspace\n");
    expect(stdout).toContain("dev-cluster: moved, serial 3\n");
    expect(stdout).toContain("dev-apps: never initialized here");
    const inits = project.calls.filter((call) => call.includes(" init "));
    expect(inits.map((call) => /dev-\w+/.exec(call)?.[0])).toEqual(["dev-cluster", "dev-identity"]);
    for (const call of inits) expect(call).not.toMatch(/-migrate-state|-input=false/);
  });

  it("moves nothing that nobody agreed to", async () => {
    const project = await synthesized();
    initialized(project, "dev-cluster", "local");
    project.standIn("terraform");
    const { code, stderr } = await project.run(["workspaces", "move", "dev"], { typed: "no\n" });
    expect(code).toBe(1);
    expect(stderr).toContain("nothing was moved");
    expect(project.calls).toEqual([]);
  });

  it("says that the state stays where it is, with Terraform's reason, where it was not moved", async () => {
    const project = await synthesized();
    initialized(project, "dev-cluster", "local");
    project.standIn("terraform", "echo 'Error: Required token could not be found' >&2; exit 1");
    const { code, stderr } = await project.run(["workspaces", "move", "dev", "--yes"]);
    expect(code).toBe(1);
    expect(stderr).toContain("was not moved, and stays where it is");
    expect(stderr).toContain("Required token could not be found");
  });

  it("refuses an environment whose state is not in Terraform Cloud", async () => {
    const { code, stderr } = await new TestProject([minimal("dev")]).run(["workspaces", "move", "dev", "--yes"]);
    expect(code).toBe(1);
    expect(stderr).toContain('state.kind is "local", so there is nowhere to move to');
  });
});

describe("foundry workspaces begin", () => {
  const folderOf = (project: TestProject) => join(project.root, "cdktf.out", "stacks", "example-workspaces");

  it("names what is missing where there is no such stack", async () => {
    const { code, stderr } = await new TestProject([minimal("dev")]).run(["workspaces", "begin", "example"]);
    expect(code).toBe(1);
    expect(stderr).toContain("foundry synth writes it");
  });

  it("keeps the state where the apply fails, and takes its own override away", async () => {
    const project = new TestProject([cloudEnvironment("dev")]);
    await project.run(["synth"]);
    const script = `case "$*" in apply*) echo '${state}' > begin.tfstate; exit 1 ;; esac`;
    project.standIn("terraform", script);
    const { code, stderr } = await project.run(["workspaces", "begin", "example", "--yes"]);
    expect(code).toBe(1);
    expect(stderr).toContain("what it made is in cdktf.out/stacks/example-workspaces/begin.tfstate");
    expect(existsSync(join(folderOf(project), "begin.tfstate"))).toBe(true);
    expect(existsSync(join(folderOf(project), "begin_override.tf.json"))).toBe(false);
  });

  it("does not begin again where the state is in its workspace", async () => {
    const project = new TestProject([cloudEnvironment("dev")]);
    await project.run(["synth"]);
    initialized(project, "example-workspaces", "cloud");
    project.standIn("terraform");
    const { code, stderr } = await project.run(["workspaces", "begin", "example", "--yes"]);
    expect(code).toBe(1);
    expect(stderr).toContain("has its state in Terraform Cloud already");
    expect(project.calls).toEqual([]);
  });
});
