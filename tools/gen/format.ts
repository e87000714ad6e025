import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const biome = require.resolve("@biomejs/biome/bin/biome");
// As in biome.json, which cannot be used itself: it leaves generated files out.
const layout = ["--indent-style=space", "--indent-width=2", "--line-width=120"];

/** Lays files out as Biome does for the rest of the project. Takes and gives texts by path; touches none of them. */
export function format(files: ReadonlyMap<string, string>): Map<string, string> {
  const folder = mkdtempSync(path.join(tmpdir(), "gen-"));
  try {
    for (const [file, text] of files) {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    execFileSync(process.execPath, [biome, "format", "--write", ...layout, "."], { cwd: folder, stdio: "pipe" });
    return new Map([...files.keys()].map((file) => [file, readFileSync(path.join(folder, file), "utf8")]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
