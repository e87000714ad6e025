import { NotRun, type Results } from "./results";

/** Scenarios that follow each other on one sandbox. Lanes run side by side. */
export class Lane {
  private missing: string | undefined;

  constructor(
    readonly results: Results,
    private readonly signal: AbortSignal,
  ) {}

  /** A scenario that every later one of the lane stands on: unless it passes, they are not run. */
  async need(scenario: string, stack: string, work: () => Promise<string | undefined>): Promise<void> {
    if (!(await this.check(scenario, stack, work))) {
      this.missing ??= `${scenario} ${stack}`.trimEnd();
    }
  }

  /** Does something between scenarios, unless the lane has come to its end before. */
  async whenRun(work: () => Promise<void>): Promise<void> {
    if (this.missing === undefined && !this.signal.aborted) {
      await work();
    }
  }

  /** A scenario that may fail by itself. */
  async check(scenario: string, stack: string, work: () => Promise<string | undefined>): Promise<boolean> {
    return this.results.run(scenario, stack, async () => {
      if (this.signal.aborted) {
        throw new NotRun("interrupted");
      }
      if (this.missing !== undefined) {
        throw new NotRun(`needs "${this.missing}"`);
      }
      return work();
    });
  }
}
