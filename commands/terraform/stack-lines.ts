import { printLine } from "../program/print";
import type { Output } from "../program/surroundings";
import { duration } from "./progress";

/** Milliseconds between two looks of a person at a terminal. */
const redraw = 250;

/** Milliseconds between two lines of a stack that is under way, where they are kept: in the log of a pipeline. */
const heartbeat = 60_000;

interface Line {
  /** What it does, such as `plans`. */
  phase: string;
  readonly since: number;
  detail: () => string;
}

/**
 * One line a stack while Terraform runs. A terminal shows them in place, with the time so far and what is waited for; any
 * other reader gets a line when something begins or ends, and one a minute meanwhile.
 */
export class StackLines {
  private readonly lines = new Map<string, Line>();
  private timer: NodeJS.Timeout | undefined;
  private drawn = 0;

  constructor(
    private readonly output: Output,
    /** Of the longest id. */
    private readonly width: number,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Ids of what is under way. */
  get running(): readonly string[] {
    return [...this.lines.keys()];
  }

  begin(id: string, phase: string, detail: () => string = () => ""): void {
    this.erase();
    this.lines.set(id, { phase, since: this.clock(), detail });
    if (!this.live) printLine(this.output, `${this.named(id)}${phase}`);
    this.draw();
    this.timer ??= setInterval(() => this.tick(), this.live ? redraw : heartbeat);
  }

  /** @param text what came of it; undefined where nobody needs to know */
  end(id: string, text: string | undefined): void {
    this.erase();
    const line = this.lines.get(id);
    this.lines.delete(id);
    const time = line === undefined ? "" : `, ${this.elapsed(line)}`;
    if (text !== undefined) printLine(this.output, `${this.named(id)}${text}${time}`);
    if (this.lines.size === 0) this.stop();
    this.draw();
  }

  /** A line of a stack that stays. */
  tell(id: string, text: string): void {
    this.print(`${this.named(id)}${text}`);
  }

  /** A line that stays. */
  print(text: string): void {
    this.erase();
    printLine(this.output, text);
    this.draw();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private get live(): boolean {
    return this.output.columns !== undefined;
  }

  private named(id: string): string {
    return `${id.padEnd(this.width)}  `;
  }

  private elapsed({ since }: Line): string {
    return duration((this.clock() - since) / 1000);
  }

  private tick(): void {
    if (this.live) {
      this.erase();
      this.draw();
    } else {
      for (const text of this.texts()) printLine(this.output, text);
    }
  }

  private texts(): readonly string[] {
    return [...this.lines].map(([id, line]) => {
      const parts = [`${line.phase} ${this.elapsed(line)}`, line.detail()];
      return `${this.named(id)}${parts.filter((part) => part !== "").join(", ")}`;
    });
  }

  private draw(): void {
    const { columns } = this.output;
    if (columns === undefined) return;
    const texts = this.texts();
    for (const text of texts) printLine(this.output, text.slice(0, columns - 1));
    this.drawn = texts.length;
  }

  private erase(): void {
    if (this.drawn > 0) this.output.write(`\u001b[${this.drawn}A\u001b[J`);
    this.drawn = 0;
  }
}
