#!/usr/bin/env node

// Plain JavaScript, and little more than Node: it runs before anything is built.

const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { build } = require("../../tools/build/build");
const { load } = require("../../tools/build/load");
const { projectRoot } = require("./project-root");

const wrongCall = 2;
const failed = 1;

/** @param {string} root of the project */
async function run(root) {
  const built = build(root);
  try {
    await built.program();
  } catch (error) {
    // What esbuild cannot read, TypeScript cannot either, and it says so better.
    const { passed, output } = await built.types();
    process.stderr.write(passed ? `foundry: ${error instanceof Error ? error.message : String(error)}\n` : output);
    process.exitCode = failed;
    return;
  }
  const command = process.argv[2] ?? "";
  const use = existsSync(join(root, "commands", `${command}.ts`)) ? command : "other";
  const { exports, keep } = load(await built.program(), use);
  process.once("exit", (code) => {
    if (code === 0) keep();
  });
  await exports.start(root, built);
}

const root = projectRoot(process.cwd());
if (root === undefined) {
  console.error(
    `foundry: ${process.cwd()} is not in a project of Ingress Foundry, whose package.json depends on ` +
      "@ingress-foundry/program. Change into the project's folder, or one below it.",
  );
  process.exitCode = wrongCall;
} else {
  run(root);
}
