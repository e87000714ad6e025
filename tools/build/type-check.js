const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");

/**
 * What TypeScript has against the sources.
 *
 * @typedef {object} TypeCheck
 * @property {boolean} passed
 * @property {string} output what the compiler said; empty where it passed
 */

/**
 * The compiler's own program. Its `bin/tsc` is a script of Node that only looks for it, for a third of what Node takes
 * to load cdktf.
 *
 * @param {string} root of the project
 * @returns {Promise<string | undefined>} undefined where TypeScript is not installed
 */
async function compiler(root) {
  const lookup = join(root, "node_modules", "typescript", "lib", "getExePath.js");
  if (!existsSync(lookup)) return undefined;
  return (await import(pathToFileURL(lookup).href)).default();
}

/**
 * Checks the types of the code, then those of the environments against it. What has not changed since the last time is
 * not even read.
 *
 * @param {string} root of the project
 * @param {AbortSignal} abandoned stops the compiler, and the promise rejects
 * @returns {Promise<TypeCheck>}
 */
async function checkTypes(root, abandoned) {
  const program = await compiler(root);
  if (program === undefined) {
    return { passed: false, output: "foundry: TypeScript is not installed, and it checks every source. Run npm ci.\n" };
  }
  const pretty = process.stderr.isTTY === true && !process.env["NO_COLOR"];
  const child = spawn(program, ["--build", "environments", "--pretty", String(pretty)], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    signal: abandoned,
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ passed: code === 0, output }));
  });
}

module.exports = { checkTypes };
