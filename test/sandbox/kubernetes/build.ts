import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { isRunning } from "./processes";
import {
  buildFlags,
  cachedPrograms,
  compareVersions,
  defaultCacheFolder,
  type Programs,
  pinnedVersion,
  programsFolder,
  requiredGoVersion,
  type WrapperModule,
  wrapperModuleFolder,
  wrapperModules,
} from "./programs";

export interface BuildOptions {
  /** Default: `$XDG_CACHE_HOME` or `~/.cache`, then the project's name and `sandbox`. */
  readonly cacheFolder?: string;
  /** Called with one line of progress at a time. Default: nothing is printed. */
  readonly log?: (line: string) => void;
  /** Ends the Go tool and removes what is half built. */
  readonly signal?: AbortSignal;
}

const stagingPrefix = ".building-";

/**
 * The control plane's programs, built from the pinned Go modules unless the cache has them.
 *
 * They are built in a folder of their own beside the cached ones and moved into place by one rename: whoever finds the
 * final folder finds it whole. When two builds run at once the first to finish wins and both get the same answer.
 *
 * @throws Error when Go is missing or older than the wrapper modules ask for, and when `go build` fails.
 */
export async function buildPrograms(options: BuildOptions = {}): Promise<Programs> {
  const cacheFolder = options.cacheFolder ?? defaultCacheFolder();
  const log = options.log ?? (() => undefined);
  const cached = cachedPrograms(cacheFolder);
  if (cached !== undefined) {
    return cached;
  }
  await checkGo(options.signal);
  await mkdir(cacheFolder, { recursive: true });
  await removeAbandonedBuilds(cacheFolder);
  const staging = await mkdtemp(join(cacheFolder, `${stagingPrefix}${process.pid}-`));
  try {
    for (const module of wrapperModules) {
      const start = Date.now();
      log(`building ${module.requires} ${pinnedVersion(module)}: ${Object.keys(module.packages).join(", ")}`);
      await buildModule(module, staging, options.signal);
      log(`built ${module.requires} in ${Math.round((Date.now() - start) / 1000)} s`);
    }
    await moveIntoPlace(staging, programsFolder(cacheFolder));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  const built = cachedPrograms(cacheFolder);
  if (built === undefined) {
    throw new Error(
      `${programsFolder(cacheFolder)}: the build ended without one of the programs, so the control plane cannot start. ` +
        "Remove that folder and build again.",
    );
  }
  return built;
}

/** One `go build` a module, so that its programs are linked side by side. */
async function buildModule(module: WrapperModule, outputFolder: string, signal?: AbortSignal): Promise<void> {
  const programs = Object.keys(module.packages);
  // Several programs go into a folder under their packages' names. A single one is named here: Go would call it `server`.
  const output = programs.length === 1 ? join(outputFolder, ...programs) : `${outputFolder}${sep}`;
  const packages = Object.values(module.packages);
  const args = ["build", ...buildFlags(module), "-o", output, ...packages];
  const result = await runGo(args, wrapperModuleFolder(module), signal);
  if (result.exitCode !== 0) {
    throw new Error(
      `sandbox: go build ${packages.join(" ")} ended with exit code ${result.exitCode}. The control plane needs ` +
        `${programs.join(", ")}. Go's own words follow; build again once that is mended.\n${result.output.trim()}`,
    );
  }
}

/** @throws Error with the next step when `go` cannot build the wrapper modules. */
async function checkGo(signal?: AbortSignal): Promise<void> {
  const required = requiredGoVersion();
  // Asked inside a wrapper module, a Go that may fetch toolchains answers with the one it would build with.
  const folder = wrapperModules.map(wrapperModuleFolder).at(-1);
  const result = await runGo(["env", "GOVERSION"], folder, signal).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new Error(
        "sandbox: the program `go` is not on the PATH. The control plane is built from Go modules the first time and " +
          `cached after that. Install Go ${required} or newer and run the same command again.`,
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

function runGo(args: readonly string[], cwd: string | undefined, signal?: AbortSignal): Promise<GoResult> {
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

async function moveIntoPlace(staging: string, target: string): Promise<void> {
  try {
    await rename(staging, target);
  } catch (error) {
    // A build that ran at the same time was first; what it made is the same.
    if (cachedPrograms(dirname(target)) === undefined) {
      throw error;
    }
  }
}

/** A build that was killed leaves its staging folder; the process id in its name tells whether anyone still writes. */
async function removeAbandonedBuilds(cacheFolder: string): Promise<void> {
  for (const name of await readdir(cacheFolder)) {
    const pid = Number(new RegExp(`^\\${stagingPrefix}(\\d+)-`).exec(name)?.[1]);
    if (Number.isInteger(pid) && !isRunning(pid)) {
      await rm(join(cacheFolder, name), { recursive: true, force: true });
    }
  }
}

if (require.main === module) {
  buildPrograms({ log: (line) => process.stderr.write(`${line}\n`) }).then(
    (programs) => process.stdout.write(`${programs.folder}\n`),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
