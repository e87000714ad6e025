import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { cloudEnvironment } from "../support/cloud";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

describe("the stack that makes the workspaces", () => {
  let project: TestProject;
  const id = "example-workspaces";
  const json = () => join(project.root, "cdktf.out", "stacks", id, "cdk.tf.json");
  const listed = () =>
    Object.keys(JSON.parse(readFileSync(join(project.root, "cdktf.out", "manifest.json"), "utf8")).stacks);

  beforeEach(async () => {
    project = new TestProject([cloudEnvironment("dev"), minimal("prod")]);
    expect(await project.run(["synth"])).toMatchObject({ code: 0 });
  });

  it("is a fifth one beside those of the environments, and in the list that the CLI of cdktf goes by", async () => {
    expect(existsSync(json())).toBe(true);
    expect(listed()).toContain(id);
    expect((await project.run(["synth"])).stdout).toMatch(/^example-workspaces: \d+ resources, 5 workspaces$/m);
  });

  it("stays as it is where not all environments are read, for the others' workspaces would go", async () => {
    const before = readFileSync(json(), "utf8");
    const { code, stderr } = await project.run(["synth", "dev"]);
    expect(code).toBe(0);
    expect(readFileSync(json(), "utf8")).toBe(before);
    expect(listed()).not.toContain(id);
    expect(stderr).toContain("example-workspaces is made of all environments together and stays as it is");
  });

  it("goes when no environment is left in its organization, as an environment's stacks do", async () => {
    rmSync(join(project.root, "environments", "dev.ts"));
    expect(await project.run(["synth"])).toMatchObject({ code: 0 });
    expect(readdirSync(join(project.root, "cdktf.out", "stacks")).filter((name) => !name.startsWith("prod-"))).toEqual(
      [],
    );
  });

  it("says which roles may do nothing yet, for nobody has recorded what they call", async () => {
    const { stderr } = await project.run(["synth"]);
    expect(stderr).toContain(
      "environments/dev.ts: docs/permissions has no policy of dev-cluster, dev-identity, dev-controllers, dev-apps",
    );
  });
});
