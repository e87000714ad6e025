import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type RunOptions, runTerraform, terraformProgram } from "../src/terraform";
import { temporaryFolder, variables } from "./fixtures";

const context = { program: process.execPath, environment: { GREETING: "from the context", OWN: "the context's" } };

/** Runs a script of Node's in the place of Terraform. */
function runScript(script: string, options: Partial<RunOptions> = {}) {
  const folder = temporaryFolder();
  const log = join(folder, "logs", "run.log");
  return { folder, log, result: runTerraform(context, folder, ["-e", script], { log, ...options }) };
}

/** Resolves when the script has written a line that says so. */
async function isReady(log: string): Promise<void> {
  while (!(existsSync(log) && readFileSync(log, "utf8").includes("ready"))) {
    await sleep(10);
  }
}

/** Waits to be ended, and not for ever. */
const waiting = 'setTimeout(() => {}, 50_000); console.log("ready");';

describe("a run of Terraform", () => {
  it("gives the exit code", async () => {
    expect((await runScript("process.exitCode = 0").result).exitCode).toBe(0);
    expect((await runScript("process.exitCode = 2").result).exitCode).toBe(2);
  });

  it("gives standard output and standard error in the order in which they were written, and keeps them", async () => {
    const script = `const { writeSync } = require("node:fs");
      for (const [stream, line] of [[1, "a"], [2, "b"], [1, "c"], [2, "d"]]) writeSync(stream, line + "\\n");`;
    const { log, result } = runScript(script);
    expect((await result).output).toBe("a\nb\nc\nd\n");
    expect(readFileSync(log, "utf8")).toBe("a\nb\nc\nd\n");
  });

  it("gives output without colours", async () => {
    const { output } = await runScript(String.raw`console.log("\u001b[31m╷\u001b[0m\u001b[0m Error")`).result;
    expect(output).toBe("╷ Error\n");
  });

  it("is in the stack's folder, with no variable but those that are given", async () => {
    const script = "console.log(JSON.stringify([process.cwd(), process.env]))";
    const { folder, result } = runScript(script, { environment: { OWN: "the run's" } });
    expect(JSON.parse((await result).output)).toEqual([folder, { GREETING: "from the context", OWN: "the run's" }]);
  });

  it("has nothing to read, so that a question does not stop it", async () => {
    const { output } = await runScript('console.log(require("node:fs").readFileSync(0, "utf8").length)').result;
    expect(output).toBe("0\n");
  });

  it("is interrupted as by Ctrl-C, and waited for while it writes its state", async () => {
    const interrupted = new AbortController();
    const script = `process.once("SIGINT", () => setTimeout(() => { console.log("state written"); process.exit(1); }, 50));`;
    const { log, result } = runScript(`${script}${waiting}`, { signal: interrupted.signal });
    await isReady(log);
    interrupted.abort();
    expect(await result).toEqual({ exitCode: 1, output: "ready\nstate written\n" });
  });

  it("that a signal ended has no exit code", async () => {
    const interrupted = new AbortController();
    const { log, result } = runScript(waiting, { signal: interrupted.signal });
    await isReady(log);
    interrupted.abort();
    expect((await result).exitCode).toBeUndefined();
  });

  it("that begins after the interruption is interrupted at once", async () => {
    expect((await runScript(waiting, { signal: AbortSignal.abort() }).result).exitCode).toBeUndefined();
  });

  it("leads a process group of its own when its process is asked for", async () => {
    let group: number | undefined;
    const onStart: RunOptions["onStart"] = (child) => {
      group = child.pid;
    };
    const { log, result } = runScript(waiting, { onStart });
    await isReady(log);
    expect(group).toBeGreaterThan(0);
    process.kill(-(group ?? 0), "SIGKILL");
    expect((await result).exitCode).toBeUndefined();
  });

  it("of a program that is not there is an error", async () => {
    const folder = temporaryFolder();
    const missing = { program: join(folder, "terraform"), environment: {} };
    await expect(runTerraform(missing, folder, ["plan"], { log: join(folder, "log") })).rejects.toThrow("ENOENT");
  });
});

describe("the Terraform program", () => {
  it("is an error that says what to install where there is neither terraform nor tofu", () => {
    variables({ PATH: temporaryFolder() });
    expect(terraformProgram).toThrow("neither `terraform` nor `tofu` is on the PATH");
    expect(terraformProgram).toThrow("Install Terraform 1.10 or newer, or OpenTofu 1.10 or newer");
  });
});
