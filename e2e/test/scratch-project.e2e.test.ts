import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { scratchProject } from "../src/scratch-project";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "scratch-project-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

it("a copy of the project compiles, with the fields that are added to one environment", { timeout: 180_000 }, () => {
  const project = scratchProject(join(temporaryFolder(), "project"), "dev", ['state: { kind: "local" }']);
  expect(readFileSync(join(project, "environments", "dev.ts"), "utf8")).toContain(
    'name: "dev",\n  state: { kind: "local" },',
  );
  // Throws where the compiler finds an error, such as an import of what was not copied.
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json", "--noEmit"], {
    cwd: project,
  });
});
