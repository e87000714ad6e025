import type { Outcome } from "@ingress-foundry/sandbox/stack-runs";

/** What one scenario came to on one stack. */
export interface Row {
  readonly scenario: string;
  /** Id of the stack; an environment's name or empty where it concerns more than one. */
  readonly stack: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/** Thrown by a scenario that cannot be run here: the reason is reported, and it never counts as passed. */
export class NotRun extends Error {}

/** The results of a run, in the order in which they became known. */
export class Results {
  readonly rows: Row[] = [];
  private readonly notes: string[] = [];

  constructor(private readonly log: (line: string) => void) {}

  /**
   * Runs one scenario on one stack; it fails by throwing.
   *
   * @returns whether it passed
   */
  async run(scenario: string, stack: string, work: () => Promise<string | undefined>): Promise<boolean> {
    const start = Date.now();
    const outcome = await work().then<Outcome, Outcome>(
      (detail) => ({ kind: "passed", detail: detail ?? "" }),
      failure,
    );
    this.add({ scenario, stack, outcome, seconds: (Date.now() - start) / 1000 });
    return outcome.kind === "passed";
  }

  add(row: Row): void {
    this.rows.push(row);
    this.log(rowLine(row));
    if (row.outcome.kind === "failed") {
      this.log(row.outcome.reason.replaceAll(/^/gm, "    "));
    }
  }

  /** Something that a reader of the table should know; printed below it. */
  note(text: string): void {
    this.notes.push(text);
  }

  count(kind: Outcome["kind"]): number {
    return this.rows.filter(({ outcome }) => outcome.kind === kind).length;
  }

  /** Nothing failed and something passed: a run of which nothing could be run shows nothing. */
  get passed(): boolean {
    return this.count("failed") === 0 && this.count("passed") > 0;
  }

  /** The table at the end: a row a scenario and stack, then what was not run and what failed, then the counts. */
  table(): string {
    const counts = `${this.count("passed")} passed, ${this.count("failed")} failed, ${this.count("not run")} not run`;
    const width = Math.max(...this.rows.map(({ scenario }) => scenario.length));
    return [
      rowText("scenario", "stack", "result", "seconds", width),
      ...this.rows.map((row) => rowLine(row, width)),
      ...this.notes,
      ...this.notRun(),
      ...this.failed(),
      counts,
    ].join("\n");
  }

  /** A line for each stack and reason. */
  private notRun(): readonly string[] {
    const scenarios = new Map<string, string[]>();
    for (const { scenario, stack, outcome } of this.rows) {
      if (outcome.kind === "not run") {
        const why = stack === "" ? outcome.reason : `${stack}: ${outcome.reason}`;
        scenarios.set(why, [...(scenarios.get(why) ?? []), scenario]);
      }
    }
    return [...scenarios].map(([why, names]) => `not run: ${why} (${names.join("; ")})`);
  }

  /** Said again where a reader looks first: the end of a long log. */
  private failed(): readonly string[] {
    return this.rows.flatMap(({ scenario, stack, outcome }) =>
      outcome.kind === "failed"
        ? [`failed: ${stack === "" ? "" : `${stack}: `}${scenario}`, outcome.reason.replaceAll(/^/gm, "    ")]
        : [],
    );
  }
}

function failure(error: unknown): Outcome {
  return error instanceof NotRun
    ? { kind: "not run", reason: error.message }
    : { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
}

/** Scenarios whose names are longer than this move their row's columns; only the table at the end knows them all. */
const usualWidth = 72;

function rowLine({ scenario, stack, outcome, seconds }: Row, width = usualWidth): string {
  return rowText(scenario, stack, outcome.kind, seconds.toFixed(1), width);
}

function rowText(scenario: string, stack: string, result: string, seconds: string, width: number): string {
  return `${scenario.padEnd(width)}  ${stack.padEnd(18)} ${result.padEnd(8)} ${seconds.padStart(7)}`;
}
