import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "../support/checkout";
import { environmentNames, stackNames } from "../support/environments";
import { startsPrograms } from "../support/programs";

describe("npm run synth", startsPrograms, () => {
  let first: Checkout;
  let second: Checkout;

  beforeAll(() => {
    first = new Checkout();
    second = new Checkout();
  });

  afterAll(() => {
    for (const { folder } of [first, second]) rmSync(folder, { recursive: true, force: true });
  });

  it("writes the four stacks of every environment and says a line on each", () => {
    const { status, stdout } = first.synth();
    expect(status).toBe(0);
    const ids = environmentNames.flatMap((environment) => stackNames.map((stack) => `${environment}-${stack}`));
    for (const id of ids) {
      expect(existsSync(first.path("cdktf.out", "stacks", id, "cdk.tf.json")), id).toBe(true);
      expect(stdout).toMatch(new RegExp(`^${id}: \\d+ resources?`, "m"));
    }
    expect(stdout.trim().split("\n")).toHaveLength(ids.length);
  });

  it("gives the same bytes in another folder, and none of them names a folder of this machine", () => {
    expect(second.synth().status).toBe(0);
    const [one, other] = [first.files("cdktf.out"), second.files("cdktf.out")];
    expect([...other.keys()]).toEqual([...one.keys()]);
    for (const [path, text] of one) {
      expect(other.get(path) === text, path).toBe(true);
      for (const folder of [first.folder, homedir(), process.cwd()]) expect(text).not.toContain(`${folder}/`);
    }
  });

  it("gives the same bytes through the cdktf CLI", () => {
    const { status, stderr } = second.run("npx", ["cdktf", "synth"], { CHECKPOINT_DISABLE: "1" });
    expect(status, stderr).toBe(0);
    const stacks = (checkout: Checkout) =>
      [...checkout.files("cdktf.out")].filter(([path]) => path.startsWith("stacks/"));
    expect(stacks(second)).toEqual(stacks(first));
  });

  it("reads one environment for the cdktf CLI, which has no way to name it itself, whatever is wrong with another", () => {
    const file = second.path("environments", "prod.ts");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace('name: "prod"', 'name: "prd"'));
    const list = (...args: readonly string[]) =>
      second.run("npx", ["cdktf", "list", ...args], { CHECKPOINT_DISABLE: "1" });
    const all = list();
    const alone = list("--app", "foundry synth dev");
    writeFileSync(file, text);
    expect(all.status).toBe(1);
    expect(all.stderr + all.stdout).toContain('npx cdktf deploy --app "foundry synth dev" dev-cluster');
    expect(alone.status, alone.stderr).toBe(0);
    expect(alone.stdout).toContain("dev-apps");
  });

  it("asks nothing of Terraform, not even whether it is there", () => {
    const programs = first.path("programs");
    mkdirSync(programs);
    const traces = first.path("terraform-ran");
    writeFileSync(join(programs, "terraform"), `#!/bin/sh\ntouch '${traces}'\nexit 127\n`, { mode: 0o755 });
    const { status, stderr } = first.synth({ PATH: `${programs}${delimiter}${process.env["PATH"]}` });
    expect(status, stderr).toBe(0);
    expect(existsSync(traces)).toBe(false);
  });

  it("narrows to the environments it is asked for", () => {
    const { stdout } = first.synth({ ENVIRONMENTS: "dev" });
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => line.split(":")[0]),
    ).toEqual(stackNames.map((stack) => `dev-${stack}`));
  });

  it("refuses a wrong environment on standard error, writes nothing and leaves what was there", () => {
    const before = first.files("cdktf.out");
    const file = first.path("environments", "dev.ts");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace('nat: "single"', 'nat: "single", flowLogs: { kind: "off", reason: "short" }'));
    const { status, stdout, stderr } = first.synth();
    writeFileSync(file, text);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("environments/dev.ts: network.flowLogs.reason");
    expect(first.files("cdktf.out")).toEqual(before);
  });

  it("writes nothing where TypeScript has something against a source, and says of an environment what we have against it", () => {
    const before = first.files("cdktf.out");
    const file = first.path("environments", "dev.ts");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace('nat: "single"', 'nat: "two"'));
    const { status, stdout, stderr } = first.synth();
    writeFileSync(file, text);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("environments/dev.ts: network.nat\n");
    expect(stderr).not.toContain("environments/dev.ts(");
    expect(first.files("cdktf.out")).toEqual(before);
  });

  it("knows an environment by its source, not by what an earlier compilation left", () => {
    rmSync(first.path("environments", "prod.ts"));
    expect(existsSync(first.path("dist", "environments", "prod.js"))).toBe(true);
    expect(first.synth().stdout).not.toContain("prod-");
  });
});
