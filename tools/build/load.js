const { existsSync, readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { dirname } = require("node:path");
const { constants, Script } = require("node:vm");
const { writeWhole } = require("./write-whole");

/**
 * Loads a program as `require` does, with the code that V8 compiled of it the last time. V8 itself refuses what another
 * V8 compiled; of the source it compares no more than the length, but a program's name changes with what is in it.
 *
 * @template T
 * @param {string} file of the program
 * @param {string} use what it is loaded for; each use compiles other parts of it
 * @returns {{ readonly exports: T, readonly keep: () => void }} `keep` stores what was compiled until then
 */
function load(file, use) {
  const kept = `${file.replace(/\.js$/, "")}-${use}.compiled`;
  // esbuild writes nothing but ASCII, which is read fastest like this.
  const text = readFileSync(file, "latin1");
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
    filename: file,
    cachedData: existsSync(kept) ? readFileSync(kept) : undefined,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return {
    exports: /** @type {T} */ (module.exports),
    keep: () => {
      if (script.cachedDataRejected !== false && existsSync(file)) writeWhole(kept, script.createCachedData());
    },
  };
}

/**
 * The same by Node's own `require`: slower, and stack traces name the sources.
 *
 * @param {string} file of the program
 */
function loadToDebug(file) {
  process.setSourceMapsEnabled(true);
  return { exports: createRequire(file)(file), keep: () => undefined };
}

module.exports = { load, loadToDebug };
