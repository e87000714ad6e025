import { parentPort, Worker, workerData } from "node:worker_threads";
import type { Environment } from "../../platform/environment";
import type { Build } from "../program/surroundings";
import { type Staged, type StageFolders, stage } from "./stage";

/** In a worker thread: stages one environment after another, as they come. An error ends the thread. */
export function work(): void {
  const folders: StageFolders = workerData.folders;
  parentPort?.on("message", (environment: Environment) => parentPort?.postMessage(stage(environment, folders)));
}

/** cdktf keeps every token of every environment until its thread ends. */
const environmentsOfAThread = 50;

/** A thread that stages environments, one at a time. A new one takes its place before it has grown large. */
class Thread {
  private worker: Worker | undefined;
  private staged = 0;

  constructor(private readonly start: () => Worker) {}

  async stage(environment: Environment): Promise<Staged> {
    if (this.staged++ % environmentsOfAThread === 0) await this.end();
    this.worker ??= this.start();
    const worker = this.worker;
    return new Promise((resolve, reject) => {
      worker.removeAllListeners();
      worker.once("message", resolve).once("error", reject);
      worker.postMessage(environment);
    });
  }

  async end(): Promise<void> {
    const worker = this.worker;
    this.worker = undefined;
    await worker?.terminate();
  }
}

/** Stages environments in several threads, in any order. Each takes the next one when it is done with one. */
export async function stageInThreads(
  environments: Iterator<Environment>,
  { build, folders, threads }: { readonly build: Build; readonly folders: StageFolders; readonly threads: number },
): Promise<readonly Staged[]> {
  const program = await build.program();
  const staged: Staged[] = [];
  const stageWhatIsLeft = async () => {
    const thread = new Thread(() => new Worker(build.thread, { workerData: { program, folders } }));
    try {
      for (let next = environments.next(); next.done !== true; next = environments.next()) {
        staged.push(await thread.stage(next.value));
      }
    } catch (error) {
      // The others end after the one that they are at.
      environments.return?.();
      throw error;
    } finally {
      await thread.end();
    }
  };
  await everyOne(Array.from({ length: threads }, stageWhatIsLeft));
  return staged.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Waits for all of them, also where one fails, and then fails as the first did. */
async function everyOne(promises: readonly Promise<void>[]): Promise<void> {
  for (const { status, ...ended } of await Promise.allSettled(promises)) {
    if (status === "rejected" && "reason" in ended) throw ended.reason;
  }
}
