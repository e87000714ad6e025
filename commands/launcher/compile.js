const { spawnSync } = require("node:child_process");
const { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

/**
 * Newest change of a file or of anything below a folder. A folder counts too: it changes when a file of it goes.
 *
 * @param {string} path
 * @returns {number} milliseconds since 1970
 */
function changed(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, changed(join(path, name))), stats.mtimeMs);
}

/**
 * Compiles the project where its sources changed since the last time.
 *
 * @param {string} root of the project
 * @returns {string | undefined} the program to load; undefined where the compiler refused, and said why
 */
function compile(root) {
  const program = join(root, "dist", "commands", "foundry.js");
  const stamp = join(root, "dist", ".compiled");
  const { include } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
  const sources = [...include, ".gen", "tsconfig.json", "package.json"].map((name) => changed(join(root, name)));
  if (existsSync(program) && changed(stamp) >= Math.max(...sources)) return program;
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  if (!existsSync(compiler)) {
    console.error("foundry: the project has to be compiled, and TypeScript is not installed. Install it: npm ci");
    return undefined;
  }
  // What changes while the compiler reads is newer than the stamp.
  const begun = new Date();
  const { status } = spawnSync(process.execPath, [compiler, "-p", join(root, "tsconfig.json")], { stdio: "inherit" });
  if (status !== 0) return undefined;
  writeFileSync(stamp, "");
  utimesSync(stamp, begun, begun);
  return program;
}

module.exports = { compile };
