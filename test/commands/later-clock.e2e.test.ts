import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "../support/checkout";
import { startsPrograms } from "../support/programs";

const preload = join(__dirname, "..", "support", "later-clock.cjs");

describe("README's commands on a later day", { timeout: 600_000 }, () => {
  let checkout: Checkout;
  let synthesized: ReadonlyMap<string, string>;

  const on = (day: string) => ({ NODE_OPTIONS: `--require ${preload}`, LATER_CLOCK: day });

  beforeAll(() => {
    checkout = new Checkout();
    expect(checkout.synth().status).toBe(0);
    synthesized = checkout.files("cdktf.out");
  }, startsPrograms.timeout);

  afterAll(() => rmSync(checkout.folder, { recursive: true, force: true }));

  it.each(["2027-02-01", "2027-06-01", "2030-01-01"])(
    "synth writes the same bytes on %s, and warns of what ended",
    (day) => {
      const { status, stderr } = checkout.synth(on(day));
      expect(status, stderr).toBe(0);
      expect(stderr).toContain("environments/prod.ts: Emissary-ingress 4.1.0 reached its end on 2027-01-13");
      expect(checkout.files("cdktf.out")).toEqual(synthesized);
    },
  );

  it.each(["2027-02-01", "2027-06-01", "2030-01-01"])("list, lifecycle, doors and cdktf list answer on %s", (day) => {
    const call = (...args: readonly string[]) => {
      const ended = checkout.run("npx", args, { ...on(day), CHECKPOINT_DISABLE: "1" });
      expect(ended.status, `${args.join(" ")}: ${ended.stderr}`).toBe(0);
      return ended.stdout;
    };
    expect(call("foundry", "list")).toContain("dev");
    expect(call("foundry", "lifecycle")).toMatch(/^Emissary-ingress +4\.1\.0 +ended +2027-01-13/m);
    expect(call("foundry", "doors", "dev")).toContain("shop");
    expect(call("cdktf", "list")).toContain("dev-cluster");
  });

  it("config and lifecycle answer, and lifecycle says what has ended", () => {
    expect(checkout.run("npx", ["foundry", "config", "prod"], on("2030-01-01"))).toMatchObject({ status: 0 });
    const { status, stdout } = checkout.run("npx", ["foundry", "lifecycle", "prod"], on("2030-01-01"));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Emissary-ingress +4\.1\.0 +ended +2027-01-13/m);
  });
});

describe("the suite on a later day", { timeout: 600_000 }, () => {
  /** What reads environments, or says until when something is supported: all that a day could be something to. */
  const dateBound = [
    ...["config", "lifecycle", "list", "many-environments", "other-environments", "output-folder", "type-errors"].map(
      (name) => `test/commands/${name}.test.ts`,
    ),
    ...["lifecycle", "lifecycle-report", "load", "good-environments"].map((name) => `test/platform/${name}.test.ts`),
    ...["test/modules/lifecycle", "test/modules/policies", "test/commands/review/waivers.test.ts"],
  ];
  const root = join(__dirname, "..", "..");
  const later = (day: string) => ({ ...process.env, NODE_OPTIONS: `--require ${preload}`, LATER_CLOCK: day });

  it("begins on that day in the threads that tests run in", () => {
    const thread = 'new (require("worker_threads").Worker)("console.log(new Date().getFullYear())", { eval: true })';
    const { stdout } = spawnSync(process.execPath, ["-e", thread], { encoding: "utf8", env: later("2030-01-01") });
    expect(stdout).toBe("2030\n");
  });

  it.each(["2027-02-01", "2027-06-01", "2030-01-01"])("passes where it is bound to a date, on %s", (day) => {
    const args = ["vitest", "run", "--project", "product", "--reporter", "dot", ...dateBound];
    const { status, stdout, stderr } = spawnSync("npx", args, { cwd: root, encoding: "utf8", env: later(day) });
    expect(status, stdout + stderr).toBe(0);
    expect(stripVTControlCharacters(stdout)).toMatch(/Test Files +\d+ passed \(\d+\)$/m);
  });
});
