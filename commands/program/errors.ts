import { exitCodes } from "./exit-codes";

/** What ends a command, as one sentence for the person who called it and what to do. No stack trace goes with it. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly exitCode: number = exitCodes.failed.code,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = "Refusal";
  }
}

/** The command line itself is wrong. */
export class WrongCall extends Refusal {
  constructor(message: string) {
    super(message, exitCodes.wrongCall.code);
    this.name = "WrongCall";
  }
}

/** Ends a command whose own output, or that of a program it ran, has said everything already. */
export class AlreadyReported extends Refusal {
  constructor(exitCode: number = exitCodes.failed.code) {
    super("", exitCode);
    this.name = "AlreadyReported";
  }
}
