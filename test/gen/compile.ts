import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** One thing that the compiler has against a file. */
export interface Diagnostic {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** Compiles files, given by name, with the project's own compiler and options. They find the types as `./.gen/...`. */
export function compile(files: Readonly<Record<string, string>>): Diagnostic[] {
  const folder = mkdtempSync(path.join(tmpdir(), "compile-"));
  try {
    symlinkSync(path.resolve(".gen"), path.join(folder, ".gen"));
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
    const configuration = {
      extends: path.resolve("tsconfig.base.json"),
      compilerOptions: { types: [] },
      files: Object.keys(files),
    };
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(configuration));
    const tsc = spawnSync(path.resolve("node_modules/.bin/tsc"), ["--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    if (tsc.error !== undefined) throw tsc.error;
    const diagnostics = parse(tsc.stdout);
    if (tsc.status !== 0 && diagnostics.length === 0) throw new Error(`tsc failed: ${tsc.stdout}${tsc.stderr}`);
    return diagnostics;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function parse(output: string): Diagnostic[] {
  // What does not begin with a file's name continues the message before it.
  return [...output.matchAll(/^(\S+)\((\d+),\d+\): error TS\d+: (.*(?:\n[ \t]+.*)*)$/gm)].map(
    ([, file = "", line = "", message = ""]) => ({ file, line: Number(line), message }),
  );
}
