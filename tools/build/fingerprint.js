const { createHash } = require("node:crypto");
const { readdirSync, statSync } = require("node:fs");
const { join } = require("node:path");

/**
 * Stands for the state of files and of everything below folders: it changes when one of them is written, added, removed
 * or renamed.
 *
 * @param {readonly string[]} paths
 * @returns {string}
 */
function fingerprint(paths) {
  const hash = createHash("sha1");
  /** @param {string} path */
  const visit = (path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (stats.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`);
  };
  for (const path of paths) visit(path);
  return hash.digest("hex");
}

module.exports = { fingerprint };
