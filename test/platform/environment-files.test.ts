import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEnvironmentFiles } from "../../platform/environment-files";

/** A project with sources and compiled files of the given names. */
function project(sources: readonly string[], compiled: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), "environments-"));
  const [from, to] = [join(root, "environments"), join(root, "dist", "environments")];
  for (const folder of [from, to]) mkdirSync(folder, { recursive: true });
  for (const source of sources) writeFileSync(join(from, source), "");
  for (const [name, text] of Object.entries(compiled)) writeFileSync(join(to, `${name}.js`), text);
  return (only?: readonly string[]) => readEnvironmentFiles(from, to, only);
}

const exporting = (name: string) => `exports.default = { name: "${name}" };`;
const two = project(["prod.ts", "dev.ts"], { dev: exporting("dev"), prod: exporting("prod") });

describe("files of environments", () => {
  it("are read by name, whatever the order of the folder", () => {
    expect(two()).toEqual([
      { file: "environments/dev.ts", name: "dev", value: { name: "dev" } },
      { file: "environments/prod.ts", name: "prod", value: { name: "prod" } },
    ]);
  });

  it("are narrowed to those asked for", () => {
    expect(two(["prod"]).map(({ name }) => name)).toEqual(["prod"]);
    expect(two(["prod", "dev", "prod"]).map(({ name }) => name)).toEqual(["dev", "prod"]);
  });

  it("are the sources: what was compiled from one that is gone is never read", () => {
    const read = project(["dev.ts"], { dev: exporting("dev"), gone: "throw new Error('read');" });
    expect(read().map(({ name }) => name)).toEqual(["dev"]);
  });

  it("are all told of where their code fails, by the place in the source", () => {
    const read = project(["dev.ts", "prod.ts", "staging.ts"], {
      dev: "throw new Error('boom');",
      prod: "null.region;",
      staging: exporting("staging"),
    });
    expect(read).toThrow(
      new RegExp(
        [
          "^environments/dev\\.ts: the whole file\\n  is:   nothing\\n  why:  Its code fails when it is read: boom\\.\\n",
          "  do:   An environment is plain data; .*\\n\\nenvironments/prod\\.ts: the whole file\\n",
          "  is:   nothing\\n  why:  Its code fails when it is read: Cannot read properties of null",
        ].join(""),
      ),
    );
  });

  it("are sources only, neither declarations nor notes", () => {
    const read = project(["dev.ts", "dev.d.ts", "README.md"], { dev: exporting("dev") });
    expect(read().map(({ name }) => name)).toEqual(["dev"]);
  });

  it("without a default export have no value, which the check then tells", () => {
    expect(project(["dev.ts"], { dev: "exports.dev = {};" })()).toEqual([
      { file: "environments/dev.ts", name: "dev", value: undefined },
    ]);
  });

  it("asked for by an unknown name are reported with those there are", () => {
    expect(() => two(["prd", "lab"])).toThrow(
      [
        "environments/prd.ts: the whole file",
        "  is:   nothing",
        '  why:  "prd" was asked for, and there is no such file.',
        "  do:   Did you mean prod? There is dev and prod.",
        "",
        "environments/lab.ts: the whole file",
        "  is:   nothing",
        '  why:  "lab" was asked for, and there is no such file.',
        "  do:   There is dev and prod.",
      ].join("\n"),
    );
  });

  it("of an empty folder are none, and asking for one says what to write", () => {
    const none = project([], {});
    expect(none()).toEqual([]);
    expect(() => none(["dev"])).toThrow("  do:   Write environments/dev.ts.");
  });
});
