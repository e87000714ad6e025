import Module, { createRequire } from "node:module";

// cdktf loads its zip library at start, for a kind of asset that is rarely used: as many files again as cdktf itself.
// Here the library stays out until the first call.
const fromCdktf = createRequire(require.resolve("cdktf"));
const file = fromCdktf.resolve("archiver");
const standIn = new Module(file);
standIn.exports = (...options: readonly unknown[]): unknown => {
  delete require.cache[file];
  return fromCdktf("archiver")(...options);
};
standIn.loaded = true;
require.cache[file] ??= standIn;
