import { printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";

/** What ends a program from outside: Ctrl-C, a runner that is stopped, a terminal that is closed. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Listens for interrupts while a work goes on. The first one is handed to Terraform, once: at a second one Terraform would
 * end at once, without writing its state or giving its lock back.
 */
export class Interrupts {
  private readonly controller = new AbortController();
  private readonly listener = () => this.interrupt();

  constructor(
    private readonly surroundings: Pick<Surroundings, "signals" | "errors">,
    /** What is waited for, such as `dev-cluster`. */
    private readonly running: () => readonly string[],
  ) {
    for (const signal of signals) surroundings.signals.on(signal, this.listener);
  }

  /** Aborted by the first interrupt. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  private interrupt(): void {
    const stacks = this.running().join(", ");
    const waits =
      stacks === "" ? "" : `; Terraform ends in ${stacks}, writes down what it made and gives its lock back`;
    const { errors } = this.surroundings;
    if (!this.signal.aborted) {
      printLine(errors, `\nfoundry: interrupted${waits}`);
      this.controller.abort();
    } else if (stacks !== "") {
      printLine(
        errors,
        `\nfoundry: already interrupted${waits}. That takes as long as what is under way. A second ` +
          "interrupt is not handed on: Terraform would end at once, and forget what it made",
      );
    }
  }

  end(): void {
    for (const signal of signals) this.surroundings.signals.off(signal, this.listener);
  }
}
