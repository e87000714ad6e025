import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { type Measurement, median } from "./measure";
import type { Project } from "./project";

const runs = 5;

/**
 * Time from writing an environment's file until `--watch` has written its stacks and said so. Memory is what the process
 * holds at the end, as Linux tells it.
 */
export async function rebuild(project: Project, [program = "", ...args]: readonly string[]): Promise<Measurement> {
  const child = spawn(program, args, { cwd: project.folder, stdio: ["ignore", "pipe", "pipe"] });
  try {
    const said = (stream: typeof child.stdout, text: string) =>
      new Promise<void>((resolve) => {
        createInterface(stream).on("line", (line) => line.includes(text) && resolve());
      });
    await said(child.stderr, "Ctrl-C");
    const measured: Measurement[] = [];
    for (let run = 0; run <= runs; run++) {
      // It looks once whether something changed before it watched.
      await setTimeout(1000);
      const synthesized = said(child.stdout, `${project.nameOf(1)}-apps`);
      const usedBefore = cpuSeconds(child.pid);
      const begin = performance.now();
      project.write(1, `run-${run}`);
      await synthesized;
      const seconds = (performance.now() - begin) / 1000;
      const used = cpuSeconds(child.pid) - usedBefore;
      if (run > 0) measured.push({ seconds, cpuSeconds: used, peakMiB: peak(child.pid) });
    }
    return median(measured);
  } finally {
    child.kill();
    await once(child, "exit");
  }
}

/** Of a process and of those that it has waited for, the compiler above all. */
function cpuSeconds(pid: number | undefined): number {
  // After the name, which may hold blanks: state is field 3, utime to cstime are fields 14 to 17, in ticks.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return ticks / 100;
}

function peak(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
