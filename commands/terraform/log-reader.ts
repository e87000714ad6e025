import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

/** How often a file that grows is looked at, in milliseconds. */
const interval = 200;

/** Hands on, line by line, what another program writes into a file. */
export class LogReader {
  private readonly file: number;
  private readonly decoder = new StringDecoder("utf8");
  private readonly buffer = Buffer.alloc(64 * 1024);
  private readonly timer: NodeJS.Timeout;
  private position = 0;
  private begun = "";

  constructor(
    path: string,
    private readonly onLine: (line: string) => void,
  ) {
    this.file = openSync(path, "r");
    this.timer = setInterval(() => this.read(), interval);
  }

  private read(): void {
    for (;;) {
      const length = readSync(this.file, this.buffer, 0, this.buffer.length, this.position);
      if (length === 0) return;
      this.position += length;
      const lines = (this.begun + this.decoder.write(this.buffer.subarray(0, length))).split("\n");
      this.begun = lines.pop() ?? "";
      for (const line of lines) this.onLine(line);
    }
  }

  /** Reads what is left, a last line without an end included. */
  end(): void {
    clearInterval(this.timer);
    this.read();
    closeSync(this.file);
    if (this.begun !== "") this.onLine(this.begun);
  }
}
