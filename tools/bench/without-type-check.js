const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { load } = require("../build/load");

// A run of the program that is built already, in the folder that it is called in.
const root = process.cwd();
const dist = join(root, "dist");
const file = join(dist, JSON.parse(readFileSync(join(dist, "bundles.json"), "utf8")).program);
const program = load(file, "synth").exports;
program.start({
  root,
  calledIn: root,
  build: {
    program: async () => file,
    types: async () => ({ passed: true, output: "" }),
    again: () => undefined,
    thread: require.resolve("../build/thread"),
  },
});
