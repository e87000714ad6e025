const { readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

/** @param {string} folder */
function dependsOnProgram(folder) {
  try {
    const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return dependencies?.["@ingress-foundry/program"] !== undefined;
  } catch {
    return false;
  }
}

/**
 * The project that a folder is in: the nearest one above it whose package.json depends on this program. Not where this
 * file is: a copy of the project may share its node_modules with another.
 *
 * @param {string} folder
 * @returns {string | undefined}
 */
function projectRoot(folder) {
  for (let current = folder; ; current = dirname(current)) {
    if (dependsOnProgram(current)) return current;
    if (current === dirname(current)) return undefined;
  }
}

module.exports = { projectRoot };
