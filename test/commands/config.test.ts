import { spawnSync } from "node:child_process";
import { mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

const root = join(__dirname, "..", "..", "..");
const copy = mkdtempSync(join(tmpdir(), "config-command-"));

/** What `npm run config` runs, compiled from the sources as they stand. */
function config(...names: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(copy, "dist", "commands", "config.js"), ...names],
    {
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

beforeAll(() => {
  for (const folder of ["environments", "node_modules"]) symlinkSync(join(root, folder), join(copy, folder));
  const compiler = join(root, "node_modules", ".bin", "tsc");
  const options = ["-p", root, "--outDir", join(copy, "dist"), "--incremental", "false", "--tsBuildInfoFile", "null"];
  const { stdout } = spawnSync(compiler, options, { cwd: root, encoding: "utf8" });
  expect(stdout).toBe("");
});

describe("npm run config", () => {
  it("prints the environments it is asked for as JSON, with defaults, and nothing else", () => {
    const { status, stdout } = config("dev");
    const printed: Record<string, { readonly cluster: unknown }> = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(Object.keys(printed)).toEqual(["dev"]);
    expect(printed["dev"]?.cluster).toMatchObject({
      name: "dev",
      supportType: "STANDARD",
      endpoint: { kind: "private" },
      logs: { retentionDays: 90 },
    });
  });

  it("prints all of them unless it is asked for some", () => {
    expect(Object.keys(JSON.parse(config().stdout))).toEqual(["dev", "prod", "seeds"]);
    expect(Object.keys(JSON.parse(config("seeds", "dev").stdout))).toEqual(["dev", "seeds"]);
  });

  it("ends with 1 for a name it does not know, with those it does, and prints no JSON", () => {
    expect(config("sedes")).toEqual({
      status: 1,
      stdout: "",
      stderr: [
        "environments/sedes.ts: the whole file",
        "  is:   nothing",
        '  why:  "sedes" was asked for, and there is no such file.',
        "  do:   Did you mean seeds? There is dev, prod and seeds.",
        "",
      ].join("\n"),
    });
  });
});
