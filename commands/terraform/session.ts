import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";
import { Interrupts } from "./interrupts";
import { Progress } from "./progress";
import { type RunResult, TerraformRuns, whyFailed } from "./runs";
import type { Step } from "./schedule";
import { StackLines } from "./stack-lines";
import { outputFolder, type SynthesizedStack } from "./stacks";
import { readState, type State } from "./state";

/** Work with Terraform on the stacks of one environment, from its first run to its last. */
export class Session {
  readonly lines: StackLines;
  readonly runs: TerraformRuns;
  /** For what is nobody's business and goes at the end: a plan may hold secrets. */
  readonly scratch = mkdtempSync(join(tmpdir(), "foundry-"));
  private readonly interrupts: Interrupts;

  constructor(
    surroundings: Surroundings,
    /** In the order they are applied. */
    readonly stacks: readonly SynthesizedStack[],
  ) {
    this.lines = new StackLines(surroundings.output, Math.max(...stacks.map(({ id }) => id.length)));
    this.interrupts = new Interrupts(surroundings, () => this.lines.running);
    this.runs = new TerraformRuns(surroundings, join(outputFolder(surroundings), "logs"), this.interrupts.signal);
  }

  get signal(): AbortSignal {
    return this.interrupts.signal;
  }

  /** The order that follows from what reads what. */
  get steps(): readonly Step[] {
    return this.stacks.map(({ id, producers }) => ({ id, after: producers }));
  }

  stack(id: string): SynthesizedStack {
    const stack = this.stacks.find((one) => one.id === id);
    if (stack === undefined) throw new Error(`there is no stack ${id}`);
    return stack;
  }

  /**
   * Gets every stack ready and reads the states. One after the other: Terraform unpacks plugins into a folder that
   * stacks may share, without a lock of its own.
   *
   * @throws Refusal where a stack cannot be initialized
   */
  async states(): Promise<ReadonlyMap<string, State>> {
    const states = new Map<string, State>();
    for (const stack of this.stacks) {
      this.lines.begin(stack.id, "initializes");
      try {
        await this.runs.init(stack);
        this.stopWhereInterrupted();
        states.set(stack.id, readState(this.runs.pullState(stack)));
      } finally {
        this.lines.end(stack.id, undefined);
      }
    }
    return states;
  }

  /**
   * Runs a command that changes something, with its progress in the stack's line.
   *
   * @param expected number of changes, where Terraform does not say it
   * @returns whether it passed
   */
  async change(
    stack: SynthesizedStack,
    phase: string,
    command: readonly string[],
    said: {
      readonly expected?: number;
      readonly done: (result: RunResult) => string;
      /** Another command to try where this one failed. */
      readonly again?: (result: RunResult) => readonly string[] | undefined;
    },
  ): Promise<boolean> {
    const { id } = stack;
    const progress = new Progress();
    progress.expect(said.expected ?? 0);
    this.lines.begin(id, phase, () => progress.text());
    const result = await this.runs
      .run(stack, command, (message) => progress.note(message))
      .catch((error) => {
        this.lines.end(id, undefined);
        throw error;
      });
    if (result.exitCode === 0) {
      this.lines.end(id, said.done(result));
      return true;
    }
    const other = this.signal.aborted ? undefined : said.again?.(result);
    if (other !== undefined) {
      this.lines.end(id, undefined);
      return this.change(stack, phase, other, { done: said.done });
    }
    const came = progress.text();
    this.lines.end(id, `${this.signal.aborted ? "interrupted" : "FAILED"}${came === "" ? "" : ` after ${came}`}`);
    if (!this.signal.aborted) this.failed(result);
    return false;
  }

  /** Says why a run failed, and where the rest of it is. */
  failed(result: RunResult): void {
    this.lines.print(`${indented(whyFailed(result))}\n  everything it printed: ${result.log}`);
  }

  /** @throws Refusal after an interrupt, before something new is begun */
  stopWhereInterrupted(): void {
    if (this.signal.aborted) throw new Refusal("interrupted; call the same again to go on");
  }

  close(): void {
    this.lines.stop();
    this.interrupts.end();
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

const indented = (text: string) => text.replaceAll(/^/gm, "  ").trimEnd();
