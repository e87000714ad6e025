import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stopAbandonedMoto } from "./aws/moto";
import type { SandboxFolder } from "./folder";
import { type KeeperRecord, readKeeper } from "./keeper-record";
import { deleteCluster } from "./kubernetes/kwokctl";
import { endMarkedProcesses, markedProcesses, marker } from "./marked-processes";
import type { SandboxPlan } from "./plan";
import { processExists } from "./processes";
import { removeTraffic } from "./traffic/leftovers";
import { holdsWithin } from "./waiting";

/** Milliseconds for AWS and Kubernetes to come up, and for them to end. */
const startTimeout = 240_000;
const stopTimeout = 30_000;

/**
 * Starts the keeper of a sandbox as a process of its own and waits until it is ready. Until {@link release} it ends with
 * this process.
 *
 * @throws Error with the end of the keeper's log when it does not become ready
 */
export async function startKeeper(
  folder: SandboxFolder,
  plan: SandboxPlan,
  signal?: AbortSignal,
): Promise<KeeperRecord> {
  mkdirSync(folder.root, { recursive: true });
  const starter = ownerOf(folder);
  if (starter !== undefined && starter !== process.pid) {
    throw new Error(
      `sandbox ${folder.name}: process ${starter} is starting it already, and two would end each other's work. Wait for ` +
        `that one, or start another with --name.`,
    );
  }
  // One that was killed could not take it away, and what it says is of programs that have ended.
  rmSync(folder.keeper, { force: true });
  writeFileSync(folder.plan, JSON.stringify(plan, null, 2));
  writeFileSync(folder.owner, String(process.pid));
  const log = openSync(folder.keeperLog, "w");
  const child = spawn(
    process.execPath,
    ["--import", pathToFileURL(require.resolve("tsx")).href, join(__dirname, "keeper.ts"), folder.name],
    { detached: true, stdio: ["ignore", log, log], env: { ...process.env, [marker]: folder.root } },
  );
  closeSync(log);
  child.unref();
  let ended: string | undefined;
  child.once("error", (error) => {
    ended = error.message;
  });
  child.once("exit", (code, by) => {
    ended = `it ended with ${code ?? by}`;
  });
  let record: KeeperRecord | undefined;
  await holdsWithin(startTimeout, () => {
    record = readKeeper(folder);
    return record !== undefined || ended !== undefined || signal?.aborted === true;
  });
  if (record !== undefined) {
    return record;
  }
  const reason = signal?.aborted ? "interrupted" : (ended ?? `not ready after ${startTimeout / 1000} s`);
  throw new Error(`sandbox ${folder.name}: its AWS and Kubernetes did not come up: ${reason}.\n${lastLines(folder)}`);
}

/** The process whose death would end the sandbox, where there is one that runs. */
function ownerOf(folder: SandboxFolder): number | undefined {
  const owner = existsSync(folder.owner) ? Number(readFileSync(folder.owner, "utf8")) : 0;
  return owner > 0 && processExists(owner) ? owner : undefined;
}

/** Lets a sandbox stay when this process ends. */
export function release(folder: SandboxFolder): void {
  rmSync(folder.owner, { force: true });
}

/** The record of a keeper that runs; undefined when there is none, or when it died. */
export async function runningKeeper(folder: SandboxFolder): Promise<KeeperRecord | undefined> {
  const record = readKeeper(folder);
  if (record === undefined || !processExists(record.pid)) {
    return undefined;
  }
  return (await markedProcesses(folder)).some(({ pid }) => pid === record.pid) ? record : undefined;
}

/**
 * Ends everything of a sandbox and removes its folder, whether its keeper runs, died or never came up.
 *
 * @returns what a crash had left running: commands with their process ids
 * @throws Error naming processes that could not be ended
 */
export async function endSandbox(folder: SandboxFolder): Promise<readonly string[]> {
  const keeper = await runningKeeper(folder);
  if (keeper !== undefined) {
    process.kill(keeper.pid, "SIGTERM");
    await holdsWithin(stopTimeout, () => !processExists(keeper.pid));
  }
  const left = await endMarkedProcesses(folder);
  await deleteCluster({ workDir: folder.root, name: "kubernetes" });
  await stopAbandonedMoto(folder.aws);
  await removeTraffic(folder.name);
  rmSync(folder.root, { recursive: true, force: true });
  return left.map(({ pid, command }) => `${command} (process ${pid})`);
}

function lastLines(folder: SandboxFolder): string {
  return readFileSync(folder.keeperLog, "utf8").trimEnd().split("\n").slice(-30).join("\n");
}
