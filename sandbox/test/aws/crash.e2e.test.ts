import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { stopAbandonedMoto } from "../../src/aws/moto";
import { startAws } from "../../src/aws/start";
import { processExists } from "../../src/processes";

describe("a sandbox killed without warning", () => {
  const workDir = mkdtempSync(join(tmpdir(), "sandbox-aws-"));
  const region = "us-west-2";
  afterAll(() => rmSync(workDir, { recursive: true, force: true }));

  /** Starts AWS in a process of its own, has it make a role, and kills it. */
  async function killedSandbox(): Promise<number> {
    const program = join(workDir, "start.ts");
    writeFileSync(
      program,
      `import { startAws } from ${JSON.stringify(join(__dirname, "../../src/aws/start"))};
       startAws(${JSON.stringify({ workDir, region, principalArn: "arn:aws:iam::123456789012:role/before" })})
         .then(() => console.log("started"));
       setInterval(() => undefined, 1000);`,
    );
    const child = spawn(process.execPath, ["--import", "tsx", program], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "close");
    return JSON.parse(readFileSync(join(workDir, "moto.json"), "utf8")).pid;
  }

  it("is taken over by the next one with all that it held", async () => {
    const pid = await killedSandbox();
    const aws = await startAws({ workDir, region });
    const roles = (await aws.inventory())["iam role"];
    await aws.stop();
    expect(roles).toContain("before");
    expect(processExists(pid)).toBe(false);
  });

  it("leaves a moto that can be ended by its folder", async () => {
    const pid = await killedSandbox();
    expect(processExists(pid)).toBe(true);
    await stopAbandonedMoto(workDir);
    expect(processExists(pid)).toBe(false);
    expect(existsSync(join(workDir, "moto.json"))).toBe(false);
  });
});
