const { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { fingerprint } = require("./fingerprint");

/** What the program is made of, beside what npm installed. */
const code = ["main.ts", "commands", "modules", "platform", "stacks", ".gen"];

/** What cdktf loads at its start and these stacks never use, and what stands in its place in the bundle. */
const leftOut = [
  {
    // Zip files, for assets that are archives.
    file: /^archiver$/,
    contents:
      'module.exports = () => { throw new Error("archiver is not part of the bundle: tools/build/bundle.js"); };',
  },
  {
    // Comparison of versions with the installed Terraform, for resources that move.
    file: /^semver$/,
    contents:
      'exports.satisfies = () => { throw new Error("semver is not part of the bundle: tools/build/bundle.js"); };',
  },
  {
    // Every token would keep the formatted stack trace of its making: half of the time that it takes to make stacks.
    file: /\/stack-trace$/,
    contents: "exports.captureStackTrace = () => [];",
  },
];

/** @type {import("esbuild").Plugin} */
const leaveOut = {
  name: "leave-out",
  setup(build) {
    for (const { file, contents } of leftOut) {
      build.onResolve({ filter: file }, ({ importer, path }) =>
        /[\\/]node_modules[\\/]cdktf[\\/]lib[\\/]/.test(importer)
          ? { path, namespace: "left-out", pluginData: contents }
          : undefined,
      );
    }
    build.onLoad({ filter: /.*/, namespace: "left-out" }, ({ pluginData }) => ({ contents: pluginData }));
  },
};

/**
 * Options that both bundles share. Names are kept: errors and addresses are made of them.
 *
 * @param {string} root of the project
 * @returns {import("esbuild").BuildOptions}
 */
const shared = (root) => ({
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  keepNames: true,
  legalComments: "none",
  logLevel: "silent",
});

const programFile = (/** @type {string} */ root) => join(root, "dist", "foundry.js");
const recordFile = (/** @type {string} */ root) => join(root, "dist", "bundles.json");

/** @param {string} root */
function environmentSources(root) {
  const folder = join(root, "environments");
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"));
}

/** @param {string} root */
async function bundleProgram(root) {
  // What V8 compiled of the bundle before.
  rmSync(join(root, "dist", "compiled"), { recursive: true, force: true });
  await require("esbuild").build({
    ...shared(root),
    entryPoints: ["main.ts"],
    outfile: programFile(root),
    sourcemap: "linked",
    sourcesContent: false,
    plugins: [leaveOut],
  });
}

/** @param {string} root */
async function bundleEnvironments(root) {
  const sources = environmentSources(root);
  if (sources.length === 0) return;
  await require("esbuild").build({
    ...shared(root),
    entryPoints: sources.map((name) => join("environments", name)),
    outdir: join("dist", "environments"),
  });
}

/**
 * Bundles what changed since the last time: the program with everything it uses into `dist/foundry.js`, and each
 * environment into a file of its own in `dist/environments`. Types are nobody's business here.
 *
 * @param {string} root of the project
 * @returns {Promise<string>} the program's file
 * @throws what esbuild throws, with what is wrong in which file
 */
async function bundle(root) {
  const record = recordFile(root);
  /** @type {{ program?: string, environments?: string }} */
  const before = existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : {};
  const installed = [__filename, join(root, "node_modules", ".package-lock.json"), join(root, "package.json")];
  const program = fingerprint([...code.map((name) => join(root, name)), ...installed]);
  const environments = fingerprint([join(root, "environments")]) + program;
  const stale = { program: before.program !== program, environments: before.environments !== environments };
  if (!stale.program && !stale.environments) return programFile(root);
  // Until it is known to be whole, nothing is.
  rmSync(record, { force: true });
  await Promise.all([stale.program && bundleProgram(root), stale.environments && bundleEnvironments(root)]);
  writeFileSync(record, JSON.stringify({ program, environments }));
  return programFile(root);
}

module.exports = { bundle };
