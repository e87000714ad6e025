import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type FSWatcher, watch } from "chokidar";
import { exitCodes } from "../program/exit-codes";
import { printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";

/** What the stacks are made from. */
const sources = ["environments", "main.ts", "commands", "modules", "platform", "stacks", ".gen"];

/** An editor may write a file in several steps, and a checkout many files; in milliseconds. */
const settling = 20;

/**
 * Synthesizes again whenever a source changes. Where that makes the program another one it ends, and its launcher starts
 * the new one, which synthesizes everything.
 */
export async function synthesizeChanges(
  synthesizeAgain: () => Promise<number>,
  { root, build, errors }: Pick<Surroundings, "root" | "build" | "errors">,
): Promise<number> {
  const program = await build.program();
  const changes = new Changes(sources.map((name) => join(root, name)));
  printLine(errors, "foundry: synthesizes again what a change touches; Ctrl-C ends it");
  try {
    for (;;) {
      await changes.next();
      build.again();
      // Where it cannot be built, it is reported as a type error is.
      if ((await build.program().catch(() => program)) !== program) return exitCodes.done.code;
      try {
        await synthesizeAgain();
      } catch (error) {
        // The next change may well be its remedy.
        printLine(errors, `foundry: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    await changes.end();
  }
}

/** Changes of files and of what is in folders. */
class Changes {
  private readonly watcher: FSWatcher;
  private changed = false;
  private wake = () => {};

  constructor(paths: readonly string[]) {
    const note = () => {
      this.changed = true;
      this.wake();
    };
    // Before it is ready, something may have changed that it never saw.
    this.watcher = watch([...paths], { ignoreInitial: true })
      .on("ready", note)
      .on("all", note);
  }

  /** Waits for one, unless there was one since the last time. */
  async next(): Promise<void> {
    if (!this.changed) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    await setTimeout(settling);
    this.changed = false;
  }

  async end(): Promise<void> {
    await this.watcher.close();
  }
}
