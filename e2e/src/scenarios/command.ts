import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import type { SandboxFolder } from "@ingress-foundry/sandbox/folder";
import { markedProcesses } from "@ingress-foundry/sandbox/marked-processes";
import { projectRoot } from "@ingress-foundry/sandbox/synthesize";
import { until } from "@ingress-foundry/sandbox/waiting";
import type { Lane } from "../lane";
import { NotRun } from "../results";

/** Seconds: it may have to build the control plane first. */
const startPatience = 1200;

/** The command cleans up after itself when it is interrupted and when it dies. */
export async function commandCleansUp(lane: Lane, folder: SandboxFolder, environment: string): Promise<void> {
  await lane.check("Ctrl-C in the middle of up leaves nothing", environment, async () => {
    const up = command("up", environment, folder);
    await untilApplying(folder, up);
    await up.end("SIGINT");
    await nothingRuns(folder);
    if (existsSync(folder.root)) {
      throw new Error(`${folder.root} is still there`);
    }
    return undefined;
  });
  await lane.check("up killed with kill -9 leaves nothing after down", environment, async () => {
    const up = command("up", environment, folder);
    await untilApplying(folder, up);
    await up.end("SIGKILL");
    // The keeper sees that its owner is gone.
    await until("everything to end by itself", 60, async () => (await markedProcesses(folder)).length === 0);
    await command("down", environment, folder).ended;
    await nothingRuns(folder);
    if (existsSync(folder.root)) {
      throw new Error(`${folder.root} is still there`);
    }
    return undefined;
  });
}

interface Command {
  readonly child: ChildProcess;
  /** What it printed, once it has ended. */
  readonly ended: Promise<string>;
  /** Sends it a signal and waits until it has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
}

function command(kind: "up" | "down", environment: string, folder: SandboxFolder): Command {
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  const main = require.resolve("@ingress-foundry/sandbox/main");
  const child = spawn(process.execPath, ["--import", tsx, main, kind, environment, "--name", folder.name], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = text(child.stdout);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return { child, ended, end };
}

async function untilApplying(folder: SandboxFolder, up: Command): Promise<void> {
  const applying = until("up to apply the first stack", startPatience, async () => {
    if (up.child.exitCode !== null) {
      const said = await up.ended;
      const missing = /not run: (.*)/.exec(said)?.[1];
      throw missing === undefined
        ? new Error(`up ended with ${up.child.exitCode} before it applied anything:\n${said}`)
        : new NotRun(missing);
    }
    return (await markedProcesses(folder)).some(({ command: line }) => / apply\b/.test(line));
  });
  await applying.catch(async (error: unknown) => {
    await up.end("SIGINT");
    throw error;
  });
}

async function nothingRuns(folder: SandboxFolder): Promise<void> {
  const left = await markedProcesses(folder);
  if (left.length > 0) {
    throw new Error(`still running: ${left.map(({ command: line, pid }) => `${line} (${pid})`).join(", ")}`);
  }
}
