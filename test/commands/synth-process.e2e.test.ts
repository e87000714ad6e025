import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "../support/checkout";
import { environmentNames, stackNames } from "../support/environments";
import { startsPrograms } from "../support/programs";

describe("foundry synth", startsPrograms, () => {
  let checkout: Checkout;
  let dev: string;
  const running: ChildProcess[] = [];
  const environment = (name: string) => checkout.path("environments", `${name}.ts`);
  const json = (id: string, folder = "cdktf.out") => checkout.path(folder, "stacks", id, "cdk.tf.json");

  /** The environment `dev` as it is in the project, under a name and with a tag. */
  const write = (name: string, tag: string) => {
    const letters = [...name].map((letter) => letter.charCodeAt(0)).join("");
    const account = letters.slice(-12).padStart(12, "1");
    const changed = dev
      .replace('name: "dev"', `name: "${name}"`)
      .replace("aws: {", `aws: { tags: { Tag: "${tag}" },`)
      // Of one account and region, no two environments may make things of one name.
      .replaceAll("123456789012", account);
    expect(changed.split(tag)).toHaveLength(2);
    writeFileSync(environment(name), changed);
  };

  const start = (...args: readonly string[]) => {
    const program = checkout.path("node_modules", ".bin", "foundry");
    const child = spawn(process.execPath, [program, "synth", ...args], { cwd: checkout.folder });
    running.push(child);
    const said = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text) => {
        said[name] += text;
      });
    }
    return { child, said };
  };

  const until = async (condition: () => boolean) => {
    while (!condition()) await setTimeout(1);
  };

  beforeAll(() => {
    checkout = new Checkout();
    dev = readFileSync(environment("dev"), "utf8");
    for (const name of environmentNames) if (name !== "dev") rmSync(environment(name));
    write("dev", "first");
    expect(checkout.synth()).toMatchObject({ status: 0 });
  }, startsPrograms.timeout);

  afterEach(() => {
    for (const child of running.splice(0)) child.kill("SIGKILL");
  });

  afterAll(() => rmSync(checkout.folder, { recursive: true, force: true }));

  it("leaves every file whole, the old one or the new one, where it is killed while it writes", async () => {
    const before = checkout.files("cdktf.out");
    const ids = stackNames.map((name) => `dev-${name}`);
    const inodes = () => ids.map((id) => statSync(json(id)).ino).join();
    const first = inodes();
    write("dev", "second");
    const { child } = start();
    await until(() => inodes() !== first);
    child.kill("SIGKILL");
    await once(child, "exit");
    const killed = new Map(ids.map((id) => [id, readFileSync(json(id), "utf8")]));
    expect(checkout.synth()).toMatchObject({ status: 0 });
    for (const [id, text] of killed) {
      expect([before.get(`stacks/${id}/cdk.tf.json`), readFileSync(json(id), "utf8")]).toContain(text);
    }
    expect(readdirSync(checkout.path("cdktf.out")).sort()).toEqual(["manifest.json", "stacks"]);
  });

  it("synthesizes again what a change touches, with --watch, until it is interrupted", async () => {
    write("other", "first");
    const { child, said } = start("--watch");
    await until(() => said.stderr.includes("Ctrl-C ends it"));
    expect(said.stdout).toMatch(/^dev-cluster: .*^other-apps: /ms);

    said.stdout = "";
    write("other", "changed");
    await until(() => said.stdout.includes("other-apps: "));
    expect(said.stdout.match(/^\S+-apps/gm)).toEqual(["other-apps"]);
    expect(readFileSync(json("other-cluster"), "utf8")).toContain('"changed"');

    writeFileSync(environment("other"), readFileSync(environment("other"), "utf8").replace("nat:", "nut:"));
    await until(() => /^environments\/other\.ts: network\.nut$/m.test(said.stderr));
    expect(readFileSync(json("other-cluster"), "utf8")).toContain('"changed"');

    rmSync(environment("other"));
    await until(() => !existsSync(json("other-cluster")));

    said.stdout = "";
    const source = checkout.path("stacks", "summary.ts");
    writeFileSync(source, readFileSync(source, "utf8").replace('"resource"', '"piece"'));
    await until(() => said.stdout.includes("dev-apps: "));
    expect(said.stdout).toMatch(/^dev-cluster: \d+ pieces/m);

    child.kill("SIGINT");
    await once(child, "exit");
    expect(child.signalCode).toBe("SIGINT");
  });

  describe("of many environments", () => {
    const names = Array.from({ length: 9 }, (_, index) => `many-${index + 1}`);

    beforeAll(() => {
      for (const name of names) write(name, "first");
    });

    it("gives each of them in threads the bytes that it gets alone", async () => {
      const all = start("--jobs", "2", "--outdir", "all");
      await once(all.child, "exit");
      expect(all.said.stdout.match(/^\S+-apps/gm)).toEqual(["dev", ...names].sort().map((name) => `${name}-apps`));
      const alone = start("many-7", "--outdir", "alone");
      await once(alone.child, "exit");
      for (const name of stackNames) {
        const id = `many-7-${name}`;
        expect(readFileSync(json(id, "all"), "utf8")).toBe(readFileSync(json(id, "alone"), "utf8"));
      }
    });

    it("prints every problem of every one of them, and writes nothing", async () => {
      for (const name of ["many-2", "many-8"]) {
        writeFileSync(environment(name), readFileSync(environment(name), "utf8").replace(`"${name}"`, '"many-1"'));
      }
      const { child, said } = start("--outdir", "wrong");
      await once(child, "exit");
      expect(child.exitCode).toBe(1);
      for (const name of ["many-2", "many-8"]) expect(said.stderr).toContain(`environments/${name}.ts: name`);
      expect(existsSync(checkout.path("wrong", "stacks"))).toBe(false);
    });
  });
});
