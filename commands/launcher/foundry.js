#!/usr/bin/env node

// Plain JavaScript, and nothing but Node: it runs before anything is compiled.

const { projectRoot } = require("./project-root");
const { compile } = require("./compile");

const wrongCall = 2;
const failed = 1;

const root = projectRoot(process.cwd());
if (root === undefined) {
  console.error(
    `foundry: ${process.cwd()} is not in a project of Ingress Foundry, whose package.json depends on ` +
      "@ingress-foundry/program. Change into the project's folder, or one below it.",
  );
  process.exitCode = wrongCall;
} else {
  const program = compile(root);
  if (program === undefined) process.exitCode = failed;
  else require(program).start(root);
}
