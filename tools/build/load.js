const {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} = require("node:fs");
const { createRequire } = require("node:module");
const { basename, dirname, join } = require("node:path");
const { constants, Script } = require("node:vm");

/**
 * Reads a bundle, and says which of its versions that is.
 *
 * @param {string} file
 */
function read(file) {
  const descriptor = openSync(file, "r");
  try {
    const { mtimeMs, size } = fstatSync(descriptor);
    // esbuild writes nothing but ASCII.
    return { text: readFileSync(descriptor, "latin1"), version: `${Math.round(mtimeMs * 1000)}-${size}` };
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Loads a bundle as `require` does, with the code that V8 compiled of it the last time. V8 itself refuses what another
 * V8 compiled; of the source it compares no more than the length, so the version of the bundle is in the file's name.
 *
 * @template T
 * @param {string} file of the bundle
 * @param {string} use what it is loaded for; each use compiles other parts of it
 * @returns {{ readonly exports: T, readonly keep: () => void }} `keep` stores what was compiled until then
 */
function load(file, use) {
  const { text, version } = read(file);
  const kept = join(dirname(file), "compiled", `${basename(file, ".js")}-${version}-${use}`);
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
      if (script.cachedDataRejected === false) return;
      mkdirSync(dirname(kept), { recursive: true });
      const temporary = `${kept}.${process.pid}`;
      writeFileSync(temporary, script.createCachedData());
      renameSync(temporary, kept);
    },
  };
}

module.exports = { load };
