import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { initialized, initializedProject } from "../../src/scenarios/init";

it("a project without an environment has one after `foundry init`, and it synthesizes", { timeout: 600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "initialized-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const project = initializedProject(folder);
  expect(readdirSync(join(project, "environments")).filter((file) => file.endsWith(".ts"))).toEqual([
    `${initialized}.ts`,
  ]);
  const launcher = join(project, "node_modules", "@ingress-foundry", "program", "foundry.js");
  execFileSync(process.execPath, [launcher, "synth"], { cwd: project, stdio: "pipe" });
  const stacks = ["apps", "cluster", "controllers", "identity"].map((stack) => `${initialized}-${stack}`);
  expect(readdirSync(join(project, "cdktf.out", "stacks")).sort()).toEqual(stacks);
});
