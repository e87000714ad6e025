import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Refusal } from "../program/errors";

/** Who writes into a folder. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /** Tells two locks of one process number apart. */
  readonly token: string;
}

const longestWait = 60_000;
const betweenTries = 100;

/**
 * Makes sure that nobody else synthesizes into a folder, and waits for whoever does. A lock whose process is gone counts
 * for nothing.
 *
 * @returns what gives the folder free again
 * @throws Refusal where the other one is not done within a minute
 */
export async function lockFolder(folder: string, wait = longestWait): Promise<() => void> {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, ".synth.lock");
  const own: Holder = { host: hostname(), pid: process.pid, token: randomUUID() };
  const claim = `${lock}.${own.token}`;
  writeFileSync(claim, JSON.stringify(own));
  try {
    for (const until = Date.now() + wait; ; await setTimeout(betweenTries)) {
      if (linked(claim, lock)) return () => rmSync(lock, { force: true });
      const holder = read(lock);
      if (holder === undefined) continue;
      if (gone(holder)) takeAway(lock, holder, claim);
      else if (Date.now() >= until) {
        throw new Refusal(
          `process ${holder.pid} on ${holder.host} is synthesizing into ${folder}; wait until it is done, give this one ` +
            `another --outdir, or delete ${lock} if no such process is running`,
        );
      }
    }
  } finally {
    rmSync(claim);
  }
}

/** A link is made by one process alone, and it is never seen half written. */
function linked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

function read(lock: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(lock, "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function gone({ host, pid }: Holder): boolean {
  // Processes of another host, or of another container, cannot be seen.
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}

/** Of those who find a dead lock, one alone may remove it, so that no one removes the next one's. */
function takeAway(lock: string, dead: Holder, claim: string): void {
  const right = `${lock}.without-${dead.token}`;
  if (!linked(claim, right)) return;
  if (read(lock)?.token === dead.token) rmSync(lock);
  rmSync(right);
}

const codeOf = (error: unknown): unknown => Object(error).code;
