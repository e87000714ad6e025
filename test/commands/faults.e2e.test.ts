import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "../support/checkout";
import { environmentNames } from "../support/environments";
import { startsPrograms } from "../support/programs";

/** Whether this machine lets the test mount a file system of its own, as root may. */
function mayMount(folder: string): boolean {
  if (process.getuid?.() !== 0) return false;
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]).status === 0;
  if (mounted) spawnSync("umount", [folder]);
  return mounted;
}

describe("what synth writes is whole or absent", startsPrograms, () => {
  let checkout: Checkout;
  let first: ReadonlyMap<string, string>;
  let second: ReadonlyMap<string, string>;
  /** What anybody would apply; a killed run may leave what it had not published in a folder of its own. */
  const stacks = () =>
    new Map([...checkout.files("cdktf.out")].filter(([path]) => /^stacks\/.*cdk\.tf\.json$/.test(path)));
  const dev = () => checkout.path("environments", "dev.ts");
  const tag = (value: string) =>
    writeFileSync(
      dev(),
      readFileSync(dev(), "utf8").replace(/aws: \{( tags: \{ T: "\d+" \},)?/, `aws: { tags: { T: "${value}" },`),
    );

  beforeAll(() => {
    checkout = new Checkout();
    for (const name of environmentNames) if (name !== "dev") rmSync(checkout.path("environments", `${name}.ts`));
    tag("2");
    expect(checkout.synth()).toMatchObject({ status: 0 });
    second = stacks();
    tag("1");
    expect(checkout.synth()).toMatchObject({ status: 0 });
    first = stacks();
    expect([...second.keys()]).toEqual([...first.keys()]);
    expect(second).not.toEqual(first);
  }, startsPrograms.timeout);

  afterAll(() => rmSync(checkout.folder, { recursive: true, force: true }));

  it("after a SIGKILL at twenty moments: each file is the old or the new one, and the next run writes the rest", async () => {
    const program = checkout.path("node_modules", ".bin", "foundry");
    const began = Date.now();
    tag("2");
    expect(checkout.run(process.execPath, [program, "synth"])).toMatchObject({ status: 0 });
    const whole = Date.now() - began;
    for (let moment = 0; moment < 20; moment++) {
      tag(moment % 2 === 0 ? "1" : "2");
      const child = spawn(process.execPath, [program, "synth"], { cwd: checkout.folder, stdio: "ignore" });
      await setTimeout((whole * (moment + 1)) / 20);
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      for (const [path, text] of stacks()) expect([first.get(path), second.get(path)], path).toContain(text);
    }
    tag("1");
    expect(checkout.run(process.execPath, [program, "synth"])).toMatchObject({ status: 0 });
    expect(stacks()).toEqual(first);
    expect(existsSync(checkout.path("cdktf.out", ".synth"))).toBe(false);
  });

  it("on a full disk and on one that nothing may be written to: one sentence, and what was there stands", ({
    skip,
  }) => {
    const folder = checkout.path("small");
    mkdirSync(folder);
    if (!mayMount(folder)) skip("only root may mount a small file system");
    const program = checkout.path("node_modules", ".bin", "foundry");
    const synth = () => checkout.run(process.execPath, [program, "synth", "--outdir", "small"]);
    expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]).status).toBe(0);
    try {
      writeFileSync(checkout.path("small", "mine"), "kept");
      const full = synth();
      expect(full.status).toBe(1);
      expect(full.stderr).toMatch(/^foundry: the disk is full at .*small.*; make room there, [^\n]*\.$/m);
      expect(full.stderr).not.toMatch(/^ +at /m);
      expect([...checkout.files("small").keys()]).toEqual(["small/mine"].map((path) => path.replace("small/", "")));
      expect(spawnSync("mount", ["-o", "remount,ro", folder]).status).toBe(0);
      const readOnly = synth();
      expect(readOnly.status).toBe(1);
      expect(readOnly.stderr).toMatch(/^foundry: nothing can be written to a read-only file system at .*small/m);
      expect(readOnly.stderr).not.toMatch(/^ +at /m);
    } finally {
      spawnSync("umount", [folder]);
    }
  });
});
