import { spawnSync } from "node:child_process";

/** One run of a command with all that it starts. */
export interface Measurement {
  /** By the clock on the wall. */
  readonly seconds: number;
  /** Of all processors together: other work on the machine changes it far less. */
  readonly cpuSeconds: number;
  /** Of the largest process. */
  readonly peakMiB: number;
}

/** Bytes of a command's output: a thousand environments have much to say. */
export const outputLimit = 2 ** 28;

/** Runs a command to its end and asks the operating system what it took. */
export function measure(command: readonly string[], options: { readonly cwd: string }): Measurement {
  const script = [
    "import resource, subprocess, sys, time",
    "begin = time.monotonic()",
    "code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)",
    "seconds = time.monotonic() - begin",
    "used = resource.getrusage(resource.RUSAGE_CHILDREN)",
    "print(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, code)",
  ].join("\n");
  const result = spawnSync("python3", ["-c", script, ...command], {
    encoding: "utf8",
    maxBuffer: outputLimit,
    ...options,
  });
  const [seconds, cpuSeconds, peakMiB, code] = (result.stdout ?? "").trim().split(" ").map(Number);
  if (seconds === undefined || cpuSeconds === undefined || peakMiB === undefined || code !== 0) {
    throw new Error(`${command.join(" ")} failed: ${result.stderr || result.error?.message || `exit ${code}`}`);
  }
  return { seconds, cpuSeconds, peakMiB };
}

const middle = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Median of several runs. */
export function median(runs: readonly Measurement[]): Measurement {
  return {
    seconds: middle(runs.map((run) => run.seconds)),
    cpuSeconds: middle(runs.map((run) => run.cpuSeconds)),
    peakMiB: middle(runs.map((run) => run.peakMiB)),
  };
}
