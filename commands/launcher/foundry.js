#!/usr/bin/env node

// Plain JavaScript, and little more than Node: it runs before anything is built.

const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { build } = require("../../tools/build/build");
const { load, loadToDebug } = require("../../tools/build/load");
const { projectRoot } = require("./project-root");

const wrongCall = 2;
const failed = 1;

/**
 * @param {string} root of the project
 * @param {string} file of the program
 */
function loaded(root, file) {
  const [command = "", ...others] = process.argv.slice(2);
  if ([command, ...others].includes("--debug")) return loadToDebug(file);
  return load(file, existsSync(join(root, "commands", `${command}.ts`)) ? command : "other");
}

/**
 * @param {string} root of the project
 * @param {string} calledIn folder
 */
async function run(root, calledIn) {
  const built = build(root);
  let running;
  try {
    // A program that watches its own sources ends when they made it another one.
    for (let file = await built.program(); file !== running; file = await built.program()) {
      running = file;
      const { exports, keep } = loaded(root, file);
      process.once("exit", (code) => {
        if (code === 0) keep();
      });
      await exports.start({ root, calledIn, build: built });
    }
  } catch (error) {
    // What esbuild cannot read, TypeScript cannot either, and it says so better.
    const { passed, output } = await built.types();
    const message = error instanceof Error ? error.message : String(error);
    const full =
      Object(error).syscall === undefined
        ? ""
        : `; it keeps its program in ${join(root, "dist")}: make room there, and the right to write`;
    process.stderr.write(passed ? `foundry: ${message}${full}.\n` : output);
    process.exitCode = failed;
  }
  built.end();
}

const calledIn = process.cwd();
const root = projectRoot(calledIn);
if (root === undefined) {
  console.error(
    `foundry: ${calledIn} is not in a project of Ingress Foundry, whose package.json depends on ` +
      "@ingress-foundry/program. Change into the project's folder, or one below it.",
  );
  process.exitCode = wrongCall;
} else {
  process.chdir(root);
  run(root, calledIn);
}
