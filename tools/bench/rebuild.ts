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
      const begin = performance.now();
      project.write(1, `run-${run}`);
      await synthesized;
      if (run > 0) measured.push({ seconds: (performance.now() - begin) / 1000, peakMiB: peak(child.pid) });
    }
    return median(measured);
  } finally {
    child.kill();
    await once(child, "exit");
  }
}

function peak(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
