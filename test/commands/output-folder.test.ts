import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { stackNames } from "../support/environments";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

describe("the folder that synth writes to", () => {
  let project: TestProject;
  const out = (...parts: readonly string[]) => join(project.root, "cdktf.out", ...parts);
  const json = (id: string) => out("stacks", id, "cdk.tf.json");

  /** Every file there, and what tells whether it was written again. */
  const files = () =>
    readdirSync(out(), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        const { ino, mtimeMs } = statSync(file);
        return `${file} ${ino} ${mtimeMs}`;
      });

  const change = (name: string) => {
    const environment = { ...minimal(name), aws: { ...minimal(name).aws, tags: { Team: "other" } } };
    project.compiled(name, `exports.default = ${JSON.stringify(environment)};`);
  };

  beforeEach(async () => {
    project = new TestProject([minimal("dev"), minimal("prod")]);
    expect(await project.run(["synth"])).toMatchObject({ code: 0 });
  });

  it("holds the four stacks of every environment and the list that the CLI of cdktf goes by, and nothing else", () => {
    const ids = ["dev", "prod"].flatMap((environment) => stackNames.map((name) => `${environment}-${name}`));
    expect(readdirSync(out()).sort()).toEqual(["manifest.json", "stacks"]);
    expect(readdirSync(out("stacks")).sort()).toEqual([...ids].sort());
    const { stacks } = JSON.parse(readFileSync(out("manifest.json"), "utf8"));
    expect(Object.keys(stacks).sort()).toEqual([...ids].sort());
  });

  it("is not written to where everything is there already", async () => {
    const before = files();
    expect(await project.run(["synth"])).toMatchObject({ code: 0 });
    expect(files()).toEqual(before);
  });

  it("gets no file but those whose bytes change", async () => {
    const before = files();
    change("prod");
    await project.run(["synth"]);
    const after = files();
    const written = after.filter((file) => !before.includes(file)).map((file) => file.split(" ")[0]);
    expect(written).toContain(json("prod-cluster"));
    expect(written.filter((file) => !file?.startsWith(out("stacks", "prod-")))).toEqual([]);
    expect(after).toHaveLength(before.length);
  });

  it("keeps what was there where a type is wrong, and TypeScript speaks after us, of other files", async () => {
    const before = files();
    project.compiled("dev", `exports.default = ${JSON.stringify({ ...minimal("dev"), nme: "dev" })};`);
    const types = {
      passed: false,
      output: "environments/dev.ts(3,3): error TS2561\n  Type of a union.\nstacks/apps.ts(4,4): error TS2345\n",
    };
    const { code, stdout, stderr } = await project.run(["synth"], { types });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^environments\/dev\.ts: nme\n[^(]*stacks\/apps\.ts\(4,4\): error TS2345\n$/);
    expect(files()).toEqual(before);
  });

  it("keeps what was there where TypeScript alone has something to say", async () => {
    const before = files();
    change("dev");
    const types = { passed: false, output: "stacks/apps.ts(3,3): error TS2561\n" };
    expect(await project.run(["synth"], { types })).toEqual({ code: 1, stdout: "", stderr: types.output });
    expect(files()).toEqual(before);
  });

  it("loses the stacks of an environment whose file is gone, whatever was asked for", async () => {
    rmSync(join(project.root, "environments", "prod.ts"));
    expect(await project.run(["synth", "dev"])).toMatchObject({ code: 0 });
    expect(readdirSync(out("stacks")).sort()).toEqual(stackNames.map((name) => `dev-${name}`).sort());
  });

  it("keeps the stacks of an environment that is there and was not asked for", async () => {
    expect(await project.run(["synth", "dev"])).toMatchObject({ code: 0 });
    expect(existsSync(json("prod-apps"))).toBe(true);
  });

  it("keeps Terraform's files of an environment that is gone, without what would apply, and says what to do", async () => {
    writeFileSync(out("stacks", "prod-cluster", "terraform.tfstate"), "{}");
    mkdirSync(out("stacks", "prod-cluster", ".terraform"));
    rmSync(join(project.root, "environments", "prod.ts"));
    const { code, stderr } = await project.run(["synth"]);
    expect(code).toBe(0);
    const folder = out("stacks", "prod-cluster");
    expect(readdirSync(folder).sort()).toEqual([".terraform", "terraform.tfstate"]);
    expect(existsSync(out("stacks", "prod-apps"))).toBe(false);
    expect(stderr).toContain(
      `environments/prod.ts is gone, and what was synthesized of it is removed; Terraform's own files are left in ` +
        `${folder} (.terraform, terraform.tfstate). If what it made still stands, bring the file back and destroy it ` +
        "first; then delete these folders\n",
    );
  });

  it("keeps plugins, lock files and states of stacks that are there", async () => {
    const kept = [".terraform.lock.hcl", "terraform.tfstate"].map((name) => out("stacks", "dev-apps", name));
    for (const file of kept) writeFileSync(file, "");
    change("dev");
    expect(await project.run(["synth"])).toMatchObject({ code: 0 });
    expect(kept.map((file) => existsSync(file))).toEqual([true, true]);
  });

  it("keeps a folder that is no stack of ours", async () => {
    mkdirSync(out("stacks", "notes"));
    expect(await project.run(["synth"])).toMatchObject({ code: 0 });
    expect(existsSync(out("stacks", "notes"))).toBe(true);
  });

  it("loses a file that a stack no longer has", async () => {
    const asset = out("stacks", "dev-apps", "assets", "chart", "0123", "values.yaml");
    mkdirSync(join(asset, ".."), { recursive: true });
    writeFileSync(asset, "");
    expect(await project.run(["synth"])).toMatchObject({ code: 0 });
    expect(existsSync(join(asset, "..", ".."))).toBe(false);
  });

  it("is another one where --outdir says so, from the folder that foundry is called in", async () => {
    expect(await project.run(["synth", "dev", "--outdir", "elsewhere"])).toMatchObject({ code: 0 });
    expect(existsSync(join(project.root, "elsewhere", "stacks", "dev-apps", "cdk.tf.json"))).toBe(true);
  });
});

describe("provider lock files", () => {
  const project = new TestProject([minimal("dev")]);
  const kept = join(project.root, "providers", "apps", ".terraform.lock.hcl");
  const beside = (stack: string) => join(project.root, "cdktf.out", "stacks", `dev-${stack}`, ".terraform.lock.hcl");

  it("are put beside the stacks of their kind, and synth says once which kinds have none", async () => {
    mkdirSync(join(kept, ".."), { recursive: true });
    writeFileSync(kept, "# kept\n");
    const { code, stderr } = await project.run(["synth"]);
    expect(code).toBe(0);
    expect(readFileSync(beside("apps"), "utf8")).toBe("# kept\n");
    expect(existsSync(beside("cluster"))).toBe(false);
    expect(stderr.match(/No provider lock file.*/g)).toEqual([
      "No provider lock file for cluster, identity, controllers: each machine picks its own plugins; npx foundry " +
        "providers lock writes providers/",
    ]);
  });
});

describe("foundry synth", () => {
  const project = new TestProject([minimal("dev")]);

  it.each(["0", "-1", "two", "1.5"])("refuses --jobs %s", async (jobs) => {
    const { code, stderr } = await project.run(["synth", `--jobs=${jobs}`]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `foundry synth: option '--jobs <n>' argument '${jobs}' is invalid. It has to be a whole number from 1 to 999. ` +
        "See foundry synth --help.\n",
    );
  });

  it.each(["", ","])("refuses ENVIRONMENTS=%j, which names none, and writes nothing", async (ENVIRONMENTS) => {
    const { code, stderr } = await project.run(["synth"], { variables: { ENVIRONMENTS } });
    expect(code).toBe(2);
    expect(stderr).toContain(`ENVIRONMENTS is ${JSON.stringify(ENVIRONMENTS)}`);
    expect(stderr).toContain("name one, as in ENVIRONMENTS=dev, or unset it for all");
    expect(existsSync(join(project.root, "cdktf.out"))).toBe(false);
  });
});
