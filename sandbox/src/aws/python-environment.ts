import { execFile, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdir, readdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { sandboxCacheFolder } from "../cache-folder";
import { processExists } from "../processes";

const run = promisify(execFile);

const requirementsFile = join(__dirname, "requirements.txt");
const oldestPython: readonly [number, number] = [3, 11];

/** Where a Python environment with everything in `requirements.txt` is. */
export interface PythonEnvironment {
  readonly python: string;
  /** A folder that holds the `aws` program and nothing else, fit for the front of a PATH. */
  readonly toolsFolder: string;
}

/**
 * Makes the virtual environment that moto and the AWS CLI run in, or finds it where it was made before.
 *
 * @param cache the folder to keep it in; the environment's name there is `python-<hash of requirements.txt>`
 * @throws when there is no `python3` on the PATH, when it is older than 3.11, or when pip fails
 */
export async function pythonEnvironment(cache: string = sandboxCacheFolder()): Promise<PythonEnvironment> {
  const hash = createHash("sha256").update(readFileSync(requirementsFile)).digest("hex").slice(0, 16);
  const link = join(cache, `python-${hash}`);
  if (!(await works(link))) {
    await checkInterpreter();
    await mkdir(cache, { recursive: true });
    await removeAbandonedBuilds(cache);
    await build(link);
  }
  return { python: join(link, "bin", "python"), toolsFolder: join(link, "tools") };
}

async function works(folder: string): Promise<boolean> {
  // An environment breaks when the Python it was made from is removed, so it has to be tried, not only seen.
  return run(join(folder, "bin", "python"), ["-c", "import moto"]).then(
    () => true,
    () => false,
  );
}

async function checkInterpreter(): Promise<void> {
  const needed = oldestPython.join(".");
  const advice = `Install Python ${needed} or later with its venv module, or put it first on the PATH.`;
  const version = await run("python3", ["-c", "import sys; print(*sys.version_info[:2])"]).then(
    ({ stdout }) => stdout.trim().split(" ").map(Number),
    () => undefined,
  );
  if (version === undefined) {
    throw new Error(
      `sandbox: there is no python3 on the PATH. The sandbox's AWS API is moto, a Python program. ${advice}`,
    );
  }
  const [major = 0, minor = 0] = version;
  if (major < oldestPython[0] || (major === oldestPython[0] && minor < oldestPython[1])) {
    throw new Error(
      `sandbox: python3 on the PATH is ${major}.${minor}. The packages pinned for moto need ${needed}. ${advice}`,
    );
  }
}

/**
 * Builds beside the final place and then points a symbolic link there. The programs of an environment carry its path,
 * so a finished one cannot be moved; and the link appears at once or not at all, whoever else builds meanwhile.
 */
async function build(link: string): Promise<void> {
  const folder = `${link}.${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    await step("make a virtual environment", "python3", ["-m", "venv", folder], folder);
    const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"];
    await step("install moto", join(folder, "bin", "python"), [...pip, "--requirement", requirementsFile], folder);
    await mkdir(join(folder, "tools"));
    await symlink(join(folder, "bin", "aws"), join(folder, "tools", "aws"));
    await pointTo(link, folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function pointTo(link: string, folder: string): Promise<void> {
  if (await works(link)) {
    // Somebody else was faster; moto may already run from theirs.
    await rm(folder, { recursive: true });
    return;
  }
  const broken = await readlink(link).catch(() => undefined);
  const fresh = `${folder}.link`;
  await symlink(basename(folder), fresh);
  await rename(fresh, link);
  if (broken !== undefined) {
    await rm(join(link, "..", broken), { recursive: true, force: true });
  }
}

async function step(what: string, program: string, programArguments: readonly string[], folder: string): Promise<void> {
  const log = `${folder}.log`;
  const output = openSync(log, "a");
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(program, programArguments, { stdio: ["ignore", output, output] });
    child.once("error", reject);
    child.once("close", resolve);
  }).finally(() => closeSync(output));
  const printed = readFileSync(log, "utf8").trim();
  await rm(log, { force: true });
  if (code !== 0) {
    throw new Error(
      `sandbox: could not ${what} (${program} ended with ${code}):\n${printed.split("\n").slice(-15).join("\n")}\n` +
        "The AWS API cannot start without it. Check that the package index that pip is set up for can be reached, " +
        "and that Python has its venv module, then try again.",
    );
  }
}

async function removeAbandonedBuilds(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const owner = /^python-[0-9a-f]+\.(\d+)-[0-9a-f]+/.exec(name)?.[1];
    const inUse = await readlink(join(cache, name.split(".")[0] ?? name)).then(
      (target) => name === target,
      () => false,
    );
    if (owner !== undefined && !inUse && !processExists(Number(owner))) {
      await rm(join(cache, name), { recursive: true, force: true });
    }
  }
}
