import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { lockFile } from "../../commands/synth/provider-lock-files";
import { cloudEnvironment } from "../support/cloud";
import { stackNames } from "../support/environments";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

const inBucket = (name: string) => ({ ...minimal(name), state: { kind: "s3" as const, bucket: "example-states" } });

let project: TestProject;
const tree = (...parts: readonly string[]) => join(project.root, "deploy", "stacks", ...parts);
const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
    cwd: project.root,
    encoding: "utf8",
  });

function lock(kinds: readonly Parameters<typeof lockFile>[1][] = stackNames): void {
  for (const kind of kinds) {
    const file = lockFile(project.root, kind);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `# ${kind}\n`);
  }
}

/** What a commit of everything would hold below the tree. */
function committed(): readonly string[] {
  git("add", "--all", "deploy");
  return git("ls-files", "deploy").trim().split("\n");
}

function begin(): void {
  project = new TestProject([inBucket("dev"), inBucket("prod")]);
  git("init", "--quiet");
  lock();
}

const write = (...args: readonly string[]) => project.run(["synth", "--to", "deploy", ...args]);

describe("foundry synth --to", () => {
  // One tree for all of them, each of which leaves more in it.
  beforeAll(async () => {
    begin();
    expect(await write()).toMatchObject({ code: 0 });
  });

  it("writes every stack with its lock file, and nothing that a commit would leave out", async () => {
    const files = committed();
    for (const environment of ["dev", "prod"]) {
      for (const kind of stackNames) {
        expect(files).toContain(`deploy/stacks/${environment}-${kind}/cdk.tf.json`);
        expect(readFileSync(tree(`${environment}-${kind}`, ".terraform.lock.hcl"), "utf8")).toBe(`# ${kind}\n`);
      }
    }
    const all = readdirSync(join(project.root, "deploy"), { recursive: true, withFileTypes: true });
    const written = all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(written.map((file) => file.slice(project.root.length + 1)).sort()).toEqual([...files].sort());
  });

  it("writes what synth writes elsewhere, byte by byte", async () => {
    await project.run(["synth"]);
    for (const kind of stackNames) {
      const name = join(`dev-${kind}`, "cdk.tf.json");
      expect(readFileSync(tree(name), "utf8")).toBe(
        readFileSync(join(project.root, "cdktf.out", "stacks", name), "utf8"),
      );
    }
  });

  it("keeps what Terraform leaves beside the stacks out of the next commit", () => {
    const before = committed();
    mkdirSync(tree("dev-apps", ".terraform"));
    for (const file of [".terraform/plugin", "terraform.tfstate", "terraform.tfstate.backup", "a.tfplan"]) {
      writeFileSync(tree("dev-apps", file), "");
    }
    expect(committed()).toEqual(before);
  });

  it("is the same tree a second time, and that of some environments leaves the others", async () => {
    git("add", "--all", "deploy");
    git("commit", "--quiet", "--message", "tree");
    await write("dev");
    expect(git("status", "--porcelain", "deploy")).toBe("");
  });

  it("loses the stacks of an environment that is gone, and keeps a .gitignore that somebody wrote", async () => {
    rmSync(join(project.root, "environments", "prod.ts"));
    writeFileSync(tree(".gitignore"), "# mine\n");
    await write();
    expect(readdirSync(tree()).filter((name) => name.startsWith("prod-"))).toEqual([]);
    expect(readFileSync(tree(".gitignore"), "utf8")).toBe("# mine\n");
  });

  it("has the stack of the workspaces, with its lock file, where states are in Terraform Cloud", async () => {
    project = new TestProject([cloudEnvironment("dev")]);
    git("init", "--quiet");
    lock([...stackNames, "workspaces"]);
    expect(await write()).toMatchObject({ code: 0 });
    expect(readFileSync(tree("example-workspaces", ".terraform.lock.hcl"), "utf8")).toBe("# workspaces\n");
  });
});

describe("foundry synth --to writes nothing", () => {
  beforeEach(begin);

  const refused = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await project.run(["synth", "--to", "deploy", ...args]);
    expect({ code, stdout }).toEqual({ code: args.length === 0 ? 1 : 2, stdout: "" });
    expect(existsSync(tree())).toBe(false);
    return stderr;
  };

  it("of states that are in files on this machine, and says where to put them", async () => {
    project = new TestProject([minimal("dev"), inBucket("prod")]);
    expect(await refused()).toMatch(
      /dev keeps its states in files on this machine, .*; say where they are, as state: /,
    );
  });

  it("without lock files, and names the kinds", async () => {
    rmSync(lockFile(project.root, "apps"));
    expect(await refused()).toMatch(/no provider lock file for apps, .*; npx foundry providers lock writes providers/);
  });

  it("to a folder that git ignores, and names the rule", async () => {
    writeFileSync(join(project.root, ".gitignore"), "/deploy/\n");
    expect(await refused()).toMatch(
      /git ignores what is in .*deploy \(\.gitignore:1:\/deploy\/\), .*; name another folder/,
    );
  });

  it.each([["--watch"], ["--outdir=elsewhere"]])("with %s, which means another folder", async (option) => {
    expect(await refused(option)).toContain("cannot be used with option");
  });
});
