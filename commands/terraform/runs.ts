import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { notStarted, runProgram } from "../program/child";
import { Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";
import { readCloudRefusal } from "./cloud-refusal";
import { readLockRefusal } from "./lock-refusal";
import { LogReader } from "./log-reader";
import { errorsOf, readableOutput, type TerraformMessage, terraformMessage } from "./messages";
import { terraformProgram } from "./program";
import type { SynthesizedStack } from "./stacks";

/** How a run of Terraform ended. */
export interface RunResult {
  /** Undefined where a signal ended it. */
  readonly exitCode: number | undefined;
  readonly messages: readonly TerraformMessage[];
  /** File with everything it printed. */
  readonly log: string;
}

/** Runs Terraform in the folders of stacks, with its output in files. */
export class TerraformRuns {
  readonly program: string;

  /**
   * @param logs folder of the outputs, one file a stack and command
   * @param signal interrupts what runs, as Ctrl-C does
   */
  constructor(
    private readonly surroundings: Surroundings,
    private readonly logs: string,
    readonly signal: AbortSignal,
  ) {
    this.program = terraformProgram(surroundings.variables);
    mkdirSync(logs, { recursive: true });
  }

  /**
   * Runs a command that prints messages to its end.
   *
   * @throws Refusal where Terraform cannot be started
   */
  async run(
    { id, folder }: SynthesizedStack,
    [command = "", ...args]: readonly string[],
    onMessage: (message: TerraformMessage) => void = () => undefined,
  ): Promise<RunResult> {
    const log = join(this.logs, `${id}-${command}.log`);
    // Not a pipe: should this process be killed, Terraform goes on and ends well.
    const output = openSync(log, "w");
    const messages: TerraformMessage[] = [];
    const reader = new LogReader(log, (line) => {
      const message = terraformMessage(line);
      if (message === undefined) return;
      messages.push(message);
      onMessage(message);
    });
    try {
      const exitCode = await new Promise<number | undefined>((resolve, reject) => {
        const child = spawn(this.program, [command, "-input=false", "-json", ...args], {
          cwd: folder,
          // The AWS provider adds it to what it calls itself, so CloudTrail tells which stack called.
          env: { TF_APPEND_USER_AGENT: `foundry-stack/${id}`, ...this.surroundings.variables },
          stdio: ["ignore", output, output],
          // Ctrl-C in the terminal reaches a group of its own once, by us.
          detached: true,
        });
        const interrupt = () => child.kill("SIGINT");
        this.signal.addEventListener("abort", interrupt, { once: true });
        child.once("spawn", () => {
          if (this.signal.aborted) interrupt();
        });
        child.once("error", (error) => reject(notStarted(this.program, error)));
        child.once("close", (code) => {
          this.signal.removeEventListener("abort", interrupt);
          resolve(code ?? undefined);
        });
      });
      reader.end();
      return { exitCode, messages, log };
    } catch (error) {
      reader.end();
      throw error;
    } finally {
      closeSync(output);
    }
  }

  /** @throws Refusal with why a stack cannot be initialized */
  async init(stack: SynthesizedStack): Promise<void> {
    const result = await this.run(stack, ["init"]);
    if (result.exitCode === 0) return;
    throw new Refusal(`${stack.id} cannot be initialized; ${this.program} init says:\n${whyFailed(result)}`);
  }

  /**
   * A stack's state as text, empty where there is none yet. It may hold secrets, so it goes into no file.
   *
   * @throws Refusal where it cannot be read
   */
  pullState({ id, folder }: SynthesizedStack): string {
    const { status, stdout, stderr } = runProgram(this.surroundings, this.program, [
      `-chdir=${folder}`,
      ...["state", "pull"],
    ]);
    if (status === 0) return stdout.trim();
    const refused = readCloudRefusal(stderr);
    if (refused !== undefined) throw new Refusal(`the state of ${id} cannot be read: ${refused}`);
    throw new Refusal(`the state of ${id} cannot be read; ${this.program} state pull says:\n${stderr.trim()}`);
  }
}

/** Why a run failed, for people: its errors, otherwise the end of what it printed. */
export function whyFailed({ messages, log, exitCode }: RunResult): string {
  const errors = errorsOf(messages);
  const printed = stripVTControlCharacters(readableOutput(readFileSync(log, "utf8")));
  const held = readLockRefusal(errors.join("\n"));
  if (held?.kind === "held") {
    return `its state is locked by ${held.by}; wait for them, or see docs/recovery.md where nobody works any more`;
  }
  const refused = readCloudRefusal([...errors, printed].join("\n"));
  // Of several errors none is kept back.
  if (refused !== undefined) return errors.length > 1 ? [refused, ...errors].join("\n") : refused;
  const text = errors.length > 0 ? errors.join("\n") : printed.split("\n").slice(-20).join("\n");
  return text === "" ? `it ended with ${exitCode ?? "a signal"} and said nothing` : text;
}
