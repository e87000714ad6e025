import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { endProcess } from "../processes";
import { inNamespace } from "./network/namespaces";
import { systemEnvironment } from "./run";

/** A program that runs in one of the sandbox's network namespaces until it is stopped. */
export class NamespaceProcess {
  private constructor(private readonly child: ChildProcess) {}

  /** @param log file that its output is added to */
  static start(namespace: string, program: string, args: readonly string[], log: string): NamespaceProcess {
    const [command, commandArgs] = inNamespace(namespace, program, args);
    const output = openSync(log, "a");
    const child = spawn(command, commandArgs, { stdio: ["ignore", output, output], env: systemEnvironment() });
    closeSync(output);
    child.on("error", () => undefined);
    return new NamespaceProcess(child);
  }

  get ended(): string | undefined {
    const { exitCode, signalCode } = this.child;
    return exitCode === null && signalCode === null ? undefined : `ended with ${exitCode ?? signalCode}`;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async stop(): Promise<void> {
    if (this.child.pid !== undefined && this.ended === undefined) {
      await endProcess(this.child.pid);
    }
  }
}
