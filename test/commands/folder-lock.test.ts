import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { lockFolder } from "../../commands/synth/folder-lock";

const folder = () => mkdtempSync(join(tmpdir(), "locked-"));

/** Number of a process that was and is no more. */
const gone = spawnSync(process.execPath, ["-e", ""]).pid;

describe("the lock of a folder", () => {
  it("lets one in at a time, the next one when the first is done, and leaves nothing behind", async () => {
    const shared = folder();
    const order: string[] = [];
    const hold = async (name: string) => {
      const unlock = await lockFolder(shared);
      order.push(`${name} in`);
      await setTimeout(50);
      order.push(`${name} out`);
      unlock();
    };
    await Promise.all(["one", "two", "three"].map(hold));
    expect(order.map((line) => line.split(" ")[1])).toEqual(["in", "out", "in", "out", "in", "out"]);
    expect(readdirSync(shared)).toEqual([]);
  });

  it("says who holds it, and what to do, where that takes too long", async () => {
    const shared = folder();
    await lockFolder(shared);
    await expect(lockFolder(shared, 150)).rejects.toThrow(
      `process ${process.pid} on ${hostname()} is synthesizing into ${shared}; wait until it is done, give this one ` +
        `another --outdir, or delete ${join(shared, ".synth.lock")} if no such process is running`,
    );
  });

  it("counts for nothing where its process is gone, and one alone of those who wait takes it", async () => {
    const shared = folder();
    writeFileSync(join(shared, ".synth.lock"), JSON.stringify({ host: hostname(), pid: gone, token: "dead" }));
    const unlocks: (() => void)[] = [];
    const waiting = ["one", "two"].map(async () => unlocks.push(await lockFolder(shared, 1000)));
    await Promise.race(waiting);
    await setTimeout(250);
    expect(unlocks).toHaveLength(1);
    unlocks[0]?.();
    await Promise.all(waiting);
    unlocks[1]?.();
    expect(readdirSync(shared)).toEqual([]);
  });

  it("of another host is believed, since its processes cannot be seen", async () => {
    const shared = folder();
    const lock = join(shared, ".synth.lock");
    writeFileSync(lock, JSON.stringify({ host: "elsewhere", pid: gone, token: "far" }));
    await expect(lockFolder(shared, 0)).rejects.toThrow(`process ${gone} on elsewhere`);
    expect(existsSync(lock)).toBe(true);
  });
});
