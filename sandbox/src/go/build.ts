import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { sandboxCacheFolder } from "../cache-folder";
import { processExists } from "../processes";
import {
  buildFlags,
  cachedFolder,
  compareVersions,
  type ProgramSet,
  pinnedVersion,
  programsFolder,
  requiredGoVersion,
  type WrapperModule,
} from "./program-set";

export interface BuildOptions {
  /** Default: `$XDG_CACHE_HOME` or `~/.cache`, then the project's name and `sandbox`. */
  readonly cacheFolder?: string;
  /** Called with one line of progress at a time. Default: nothing is printed. */
  readonly log?: (line: string) => void;
  /** Ends the Go tool and removes what is half built. */
  readonly signal?: AbortSignal | undefined;
}

const stagingPrefix = ".building-";

/**
 * The folder of a set of programs, built from the pinned Go modules unless the cache has them.
 *
 * They are built in a folder of their own beside the cached ones and moved into place by one rename: whoever finds the
 * final folder finds it whole. When two builds run at once the first to finish wins and both get the same answer.
 *
 * @throws Error when Go is missing or older than the wrapper modules ask for, and when `go build` fails.
 */
export async function buildProgramSet(set: ProgramSet, options: BuildOptions = {}): Promise<string> {
  const cacheFolder = options.cacheFolder ?? sandboxCacheFolder();
  const log = options.log ?? (() => undefined);
  const cached = cachedFolder(set, cacheFolder);
  if (cached !== undefined) {
    return cached;
  }
  await checkGo(set, options.signal);
  await mkdir(cacheFolder, { recursive: true });
  await removeAbandonedBuilds(cacheFolder);
  const staging = await mkdtemp(join(cacheFolder, `${stagingPrefix}${process.pid}-`));
  try {
    for (const module of set.modules) {
      const start = Date.now();
      log(`building ${module.requires} ${pinnedVersion(module)}: ${Object.keys(module.packages).join(", ")}`);
      const sinceStart = () => Math.round((Date.now() - start) / 1000);
      const progress = setInterval(() => log(`  still building after ${sinceStart()} s`), 30_000);
      await buildModule(set, module, staging, options.signal).finally(() => clearInterval(progress));
      log(`built ${module.requires} in ${sinceStart()} s`);
    }
    await moveIntoPlace(set, staging, programsFolder(set, cacheFolder));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  const built = cachedFolder(set, cacheFolder);
  if (built === undefined) {
    throw new Error(
      `${programsFolder(set, cacheFolder)}: the build ended without one of the programs, so ${set.purpose} cannot start. ` +
        "Remove that folder and build again.",
    );
  }
  return built;
}

/** One `go build` a module, so that its programs are linked side by side. */
async function buildModule(
  { purpose }: ProgramSet,
  module: WrapperModule,
  outputFolder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const programs = Object.keys(module.packages);
  // Several programs go into a folder under their packages' names. A single one is named here: Go would call it `server`.
  const output = programs.length === 1 ? join(outputFolder, ...programs) : `${outputFolder}${sep}`;
  const packages = Object.values(module.packages).filter((each) => each !== undefined);
  const args = ["build", ...buildFlags(module), "-o", output, ...packages];
  const result = await runGo(args, module.folder, signal);
  if (result.exitCode !== 0) {
    throw new Error(
      `sandbox: go build ${packages.join(" ")} ended with exit code ${result.exitCode}. What comes out of ` +
        `it, ${programs.join(", ")}, is for ${purpose}. Go's own words follow; build again once that is mended.\n${result.output.trim()}`,
    );
  }
}

/** @throws Error with the next step when `go` cannot build the wrapper modules. */
async function checkGo(set: ProgramSet, signal: AbortSignal | undefined): Promise<void> {
  const required = requiredGoVersion(set);
  // Asked inside a wrapper module, a Go that may fetch toolchains answers with the one it would build with.
  const folder = set.modules.at(-1)?.folder;
  const result = await runGo(["env", "GOVERSION"], folder, signal).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new Error(
        `sandbox: the program \`go\` is not on the PATH. What ${set.purpose} needs is built from Go modules the first time ` +
          `and cached after that. Install Go ${required} or newer and run the same command again.`,
      );
    }
    throw error;
  });
  const version = /go(\d+\.\d+(?:\.\d+)?)/.exec(result.output)?.[1] ?? "0";
  if (result.exitCode !== 0 || compareVersions(version, required) < 0) {
    throw new Error(
      `sandbox: \`go env GOVERSION\` answers "${result.output.trim()}". The pinned modules need Go ${required}, an older ` +
        `one cannot compile them. Install Go ${required} or newer, or set GOTOOLCHAIN=auto, and run the same command again.`,
    );
  }
}

interface GoResult {
  readonly exitCode: number;
  readonly output: string;
}

function runGo(args: readonly string[], cwd: string | undefined, signal: AbortSignal | undefined): Promise<GoResult> {
  return new Promise((resolve, reject) => {
    const child = spawn("go", args, {
      cwd,
      signal,
      // A workspace file above the checkout would take part in the build; cgo would link the machine's C library.
      env: { ...process.env, GOWORK: "off", CGO_ENABLED: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }));
  });
}

async function moveIntoPlace(set: ProgramSet, staging: string, target: string): Promise<void> {
  try {
    await rename(staging, target);
  } catch (error) {
    // A build that ran at the same time was first; what it made is the same.
    if (cachedFolder(set, dirname(target)) === undefined) {
      throw error;
    }
  }
}

/** A build that was killed leaves its staging folder; the process id in its name tells whether anyone still writes. */
async function removeAbandonedBuilds(cacheFolder: string): Promise<void> {
  for (const name of await readdir(cacheFolder)) {
    const pid = Number(new RegExp(`^\\${stagingPrefix}(\\d+)-`).exec(name)?.[1]);
    if (Number.isInteger(pid) && !processExists(pid)) {
      await rm(join(cacheFolder, name), { recursive: true, force: true });
    }
  }
}
