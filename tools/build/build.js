const { join } = require("node:path");
const { bundle } = require("./bundle");
const { checkTypes } = require("./type-check");

/** @param {string} root of the project */
function begin(root) {
  const abandoned = new AbortController();
  const types = checkTypes(root, abandoned.signal);
  const program = bundle(root);
  // Both are awaited later; until then nobody would hear of an error.
  for (const promise of [types, program]) promise.catch(() => undefined);
  return { types, program, abandon: () => abandoned.abort() };
}

/**
 * Makes the program from its sources where they changed, and has their types checked at the same time: neither waits
 * for the other, so whoever writes something waits for both.
 *
 * @param {string} root of the project
 */
function build(root) {
  let latest = begin(root);
  return {
    /** The program's file. Rejects with what esbuild has against a source. */
    program: () => latest.program,
    /** What TypeScript has against the sources. */
    types: () => latest.types,
    /** Looks at the sources again; `types` and `program` are about what they are now. */
    again: () => {
      latest.abandon();
      latest = begin(root);
    },
    /** Nobody asks for `types` any more. */
    end: () => latest.abandon(),
    /** What a worker thread of the program runs; its `workerData.program` is the program's file. */
    thread: join(__dirname, "thread.js"),
  };
}

module.exports = { build };
