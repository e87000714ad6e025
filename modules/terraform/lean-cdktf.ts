import Module, { createRequire } from "node:module";

// cdktf spends half of its time at start on what these stacks never use. Imported before cdktf, this leaves it out:
// together a quarter of a synth.

const fromCdktf = createRequire(require.resolve("cdktf"));

/** Puts a library of functions off until one of them is called. */
function loadOnFirstUse(name: string): void {
  const file = fromCdktf.resolve(name);
  if (require.cache[file] !== undefined) return;
  const standIn = new Module(file);
  const load = () => {
    if (require.cache[file] === standIn) delete require.cache[file];
    return fromCdktf(name);
  };
  standIn.exports = new Proxy(() => undefined, {
    apply: (_target, self, options) => Reflect.apply(load(), self, options),
    get: (_target, property) => Reflect.get(load(), property),
  });
  standIn.loaded = true;
  require.cache[file] = standIn;
}

// Zip files, for assets that are archives.
loadOnFirstUse("archiver");
// Comparison of versions, for moved resources.
loadOnFirstUse("semver");

// Every reference carries the stack trace of its making, formatted at once, for errors that resolving may meet.
// CDKTF_STACK_TRACES=1 brings them back.
if (process.env["CDKTF_STACK_TRACES"] === undefined) {
  fromCdktf("./tokens/private/stack-trace").captureStackTrace = () => [];
}
