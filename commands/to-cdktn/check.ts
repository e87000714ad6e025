import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { build, type Plugin } from "esbuild";
import { askProgram } from "../program/child";
import { environmentsToBuild } from "../program/environments";
import { Refusal } from "../program/errors";
import { printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { filesBelow } from "../synth/stage";

/** What takes cdktf's place. Source: the newest release of the fork, and the range of constructs that it names. */
const successor = { cdktn: "0.24.0", constructs: "10.7.2" };

const entry = join("commands", "to-cdktn", "write-stacks-of.ts");

/**
 * Makes the stacks of environments with cdktf and with cdktn in its place, and compares them, file by file. Provider
 * bindings stay those of cdktf: their imports of it lead to cdktn as ours do. Nothing in the project changes.
 *
 * @throws Refusal where a file differs in more than metadata, or where cdktn cannot be had
 */
export async function checkAgainstCdktn(surroundings: Surroundings, names: readonly string[]): Promise<void> {
  const { output } = surroundings;
  const { environments } = environmentsToBuild(surroundings, names);
  const scratch = mkdtempSync(join(tmpdir(), "to-cdktn-"));
  try {
    const file = join(scratch, "environments.json");
    writeFileSync(file, JSON.stringify(environments));
    await installed(surroundings, scratch);
    const now = await written(surroundings, { scratch, file, name: "cdktf", plugins: [] });
    const then = await written(surroundings, { scratch, file, name: "cdktn", plugins: [inPlaceOfCdktf(scratch)] });
    const files = [...new Set([now, then].flatMap(filesBelow))].filter((path) => path.split(sep).includes("stacks"));
    const other = files.filter((path) => contentOf(now, path) !== contentOf(then, path)).sort();
    if (other.length > 0) {
      throw new Refusal(
        `cdktn ${successor.cdktn} writes ${other.length} of ${files.length} files otherwise: ${other.slice(0, 8).join(", ")}; ` +
          "stay on cdktf, and see docs/exit.md for the other ways",
      );
    }
    const stacks = files.filter((path) => path.endsWith("cdk.tf.json"));
    printLine(
      output,
      `cdktn ${successor.cdktn} with constructs ${successor.constructs} writes the same: ${stacks.length} stacks of ` +
        `${environments.length} environments, ${files.length - stacks.length} other files; metadata aside`,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @throws Refusal where npm does not bring it */
async function installed(surroundings: Surroundings, scratch: string): Promise<void> {
  writeFileSync(join(scratch, "package.json"), "{}\n");
  const packages = Object.entries(successor).map(([name, version]) => `${name}@${version}`);
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
  const { status, stderr } = await askProgram(surroundings, "npm", [
    "install",
    `--prefix=${scratch}`,
    ...quiet,
    ...packages,
  ]);
  if (status !== 0) {
    throw new Refusal(`npm does not bring ${packages.join(" and ")}; it says:\n${stderr.trim()}`);
  }
}

/** Whoever imports cdktf, we or a provider's bindings, gets cdktn, with the constructs that it takes. */
function inPlaceOfCdktf(scratch: string): Plugin {
  const resolved = "resolved";
  return {
    name: "in-place-of-cdktf",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^(cdktf|constructs)(\/|$)/ }, ({ path, kind, pluginData }) =>
        pluginData === resolved
          ? undefined
          : resolve(path.replace(/^cdktf/, "cdktn"), { resolveDir: scratch, kind, pluginData: resolved }),
      );
    },
  };
}

interface Writing {
  readonly scratch: string;
  readonly file: string;
  readonly name: string;
  readonly plugins: readonly Plugin[];
}

/** Bundles the stacks with one of the two, and has a process of its own write them; returns the folder. */
async function written(surroundings: Surroundings, { scratch, file, name, plugins }: Writing): Promise<string> {
  const program = join(scratch, `write-stacks-${name}.cjs`);
  const outdir = join(scratch, name);
  mkdirSync(outdir);
  await build({
    absWorkingDir: surroundings.root,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "silent",
    entryPoints: [entry],
    outfile: program,
    plugins: [...plugins],
  });
  const { status, stderr } = await askProgram(surroundings, process.execPath, [program, file, outdir]);
  if (status !== 0) throw new Refusal(`the stacks cannot be made with ${name}; it says:\n${stderr.trim()}`);
  return outdir;
}

/** The content of a file, without what each of the two says of itself; undefined where it is not there. */
function contentOf(folder: string, path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, path), "utf8");
  } catch {
    return undefined;
  }
  if (!path.endsWith(".tf.json")) return text;
  return JSON.stringify(JSON.parse(text, (key, value: unknown) => (key === "//" ? undefined : value)));
}
