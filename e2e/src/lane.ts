import type { SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import { NotRun, type Results } from "./results";

/** Scenarios that follow each other on one sandbox. Lanes run side by side. */
export class Lane {
  /** What did not pass, by the stack that needed it. */
  private readonly missing = new Map<string, string>();
  private stacks: readonly SynthesizedStack[] = [];

  constructor(
    readonly results: Results,
    private readonly signal: AbortSignal,
    /** The part of the run, before the name of each of its scenarios. Default: none, where there is one part. */
    private readonly part = "",
  ) {}

  /** Tells which stacks there are: what one of them misses, those that stand on it miss too. */
  follow(stacks: readonly SynthesizedStack[]): void {
    this.stacks = stacks;
  }

  /**
   * A scenario that later ones stand on. Unless it passes, they are not run: those of its stack and of the stacks that
   * depend on it, or all of them where it concerns more than one stack.
   */
  async need(scenario: string, stack: string, work: () => Promise<string | undefined>): Promise<void> {
    if (!(await this.check(scenario, stack, work)) && !this.missing.has(stack)) {
      this.missing.set(stack, `${scenario} ${stack}`.trimEnd());
    }
  }

  /** A scenario that may fail by itself. */
  async check(scenario: string, stack: string, work: () => Promise<string | undefined>): Promise<boolean> {
    return this.record(scenario, stack, async () => {
      if (this.signal.aborted) {
        throw new NotRun("interrupted");
      }
      const missing = this.missingFor(stack);
      if (missing !== undefined) {
        throw new NotRun(`needs "${missing}"`);
      }
      return work();
    });
  }

  /** A scenario that is run whatever became of those before it. */
  async record(scenario: string, stack: string, work: () => Promise<string | undefined>): Promise<boolean> {
    return this.results.run(this.part === "" ? scenario : `${this.part}: ${scenario}`, stack, work);
  }

  /** Whether scenarios of a stack would still run. */
  runs(stack: string): boolean {
    return !this.signal.aborted && this.missingFor(stack) === undefined;
  }

  private missingFor(stack: string): string | undefined {
    const found = this.stacks.find(({ id }) => id === stack);
    const needed = found === undefined ? [stack] : [stack, ...found.dependencies];
    const ofAll = [...this.missing].find(([id]) => !this.stacks.some((each) => each.id === id));
    const of = needed.map((id) => this.missing.get(id)).find((scenario) => scenario !== undefined);
    return ofAll?.[1] ?? of;
  }
}
