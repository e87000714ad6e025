const { mkdirSync, renameSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");

/**
 * Writes a file so that whoever reads it meanwhile sees what was there before or all of what comes, never a part.
 *
 * @param {string} file
 * @param {string | Uint8Array} contents
 */
function writeWhole(file, contents) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}

module.exports = { writeWhole };
