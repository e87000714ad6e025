import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { markdown } from "../../../commands/review/markdown";
import { reviewOf } from "../../../commands/review/review";
import { synthText, today } from "../../support/environments";
import { minimal } from "../../support/minimal";
import { TestProject } from "../test-project";

function stacksFolder(change: (text: string) => string = (text) => text): string {
  const folder = mkdtempSync(join(tmpdir(), "stacks-"));
  for (const [stack, text] of Object.entries(synthText(minimal("dev")))) {
    mkdirSync(join(folder, `dev-${stack}`));
    writeFileSync(join(folder, `dev-${stack}`, "cdk.tf.json"), change(text));
  }
  return folder;
}

const before = stacksFolder();
const opened = stacksFolder((text) => text.replaceAll("10.100.0.0/16", "10.0.0.0/8"));
const tagged = stacksFolder((text) =>
  text.replaceAll('"minimum"', '"minimum"').replaceAll('"retention_in_days": 90', '"retention_in_days": 180'),
);

describe("foundry review --folders", () => {
  const project = new TestProject([minimal("dev")]);
  const review = (...args: readonly string[]) => project.run(["review", ...args]);

  it("exits with 0 where nothing differs", async () => {
    const { code, stdout } = await review("--folders", before, before);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${before} -> ${before}\n\ndev: no resource changes\n` });
  });

  it("exits with 1 where something differs", async () => {
    const { code, stdout } = await review("--folders", before, tagged);
    expect(code).toBe(1);
    expect(stdout).toContain("retention_in_days: 90 -> 180");
  });

  it("exits with 2 where something needs a second look", async () => {
    const { code, stdout } = await review("--folders", before, opened);
    expect(code).toBe(2);
    expect(stdout).toContain("way-opened: kubernetes-api: other networks come in");
  });

  it.each([
    { name: "a call without anything to compare with", args: [], says: "say what to compare with" },
    { name: "one folder alone", args: ["--folders", before], says: "two folders are compared" },
    { name: "an option that does not exist", args: ["--bases", "main"], says: "unknown option '--bases'" },
    {
      name: "two ways to compare at once",
      args: ["--base", "main", "--folders", before, before],
      says: "cannot be used with",
    },
  ])("exits with 3 and a sentence on $name", async ({ args, says }) => {
    const { code, stderr } = await review(...args);
    expect(code).toBe(3);
    expect(stderr).toContain(says);
  });

  it.each(["markdown", "json", "sarif", "html"])("writes %s", async (form) => {
    const { code, stdout } = await review("--folders", before, opened, "--as", form);
    expect(code).toBe(2);
    expect(stdout).toContain("way-opened");
    if (form === "json" || form === "sarif") expect(Object(JSON.parse(stdout))).not.toEqual({});
  });

  it("writes Markdown that a comment is found by, short enough for GitHub whatever changes", async () => {
    const many = stacksFolder((text) => text.replaceAll('"description"', '"//"'));
    const { stdout } = await review("--folders", before, many, "--as", "markdown");
    expect(stdout.startsWith("<!-- foundry-review -->\n")).toBe(true);
    expect(stdout.length).toBeLessThanOrEqual(65_536);
  });
});

describe("a comment on a change of two thousand resources", () => {
  const eips = (domain: string) => Object.fromEntries([...Array(2000).keys()].map((n) => [`a${n}`, { domain }]));
  const stacks = (domain: string, publicTo: string) => ({
    cluster: { resource: { aws_eip: eips(domain) }, output: { vpc_id: { value: publicTo } } },
  });

  it("has something of each part, says how many more there are, and fits GitHub's limit", async () => {
    const review = await reviewOf(
      [{ name: "dev", stacks: stacks("vpc", "a") }],
      [{ name: "dev", stacks: stacks("standard", "b") }],
      { before: "a", after: "b", today },
    );
    const text = markdown(review);
    expect(text).toContain("<summary>dev: resources (2000)</summary>");
    expect(text).toContain("- and 1900 more; `foundry review` prints them");
    expect(text).toContain("<summary>dev: contracts (1)");
    expect(text.length).toBeLessThanOrEqual(65_536);
  });
});

describe("foundry review --base", () => {
  const project = new TestProject([minimal("dev")]);
  const git = (...args: readonly string[]) => execFileSync("git", ["-C", project.root, ...args], { stdio: "pipe" });
  git("init", "--quiet");
  git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--allow-empty", "-m", "first");

  it.each([
    ["no-such-branch", "no-such-branch is no commit, branch or tag of this repository"],
    ["--upload-pack=x", "--upload-pack=x is no commit, branch or tag of this repository"],
    ["HEAD", "HEAD has no program that could synthesize its environments"],
  ])("says in a sentence that it cannot compare with %s, and exits with 3", async (ref, says) => {
    const { code, stderr } = await project.run(["review", `--base=${ref}`]);
    expect(code).toBe(3);
    expect(stderr.trimEnd().split("\n")).toEqual([expect.stringContaining(says)]);
  });
});
