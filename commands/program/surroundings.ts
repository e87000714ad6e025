import type { Readable, Writable } from "node:stream";
import type { IsoDate } from "../../modules/schema/iso-date";

/** Where a command writes, and whether a person may be reading. */
export interface Output {
  readonly write: (text: string) => void;
  /** Undefined where the reader is not a terminal. */
  readonly columns: number | undefined;
  readonly colour: boolean;
}

/** Where answers come from; a terminal where a person is there to ask. */
export type Input = Readable & { readonly isTTY?: boolean };

/** What TypeScript has against the sources. */
export interface TypeCheck {
  readonly passed: boolean;
  /** What the compiler said. */
  readonly output: string;
}

/** Where the program comes from: its sources are bundled, and their types are checked, before and while it runs. */
export interface Build {
  /** File of the program as its sources are now; another one whenever they make another program. */
  readonly program: () => Promise<string>;
  /** What TypeScript has against the sources that were built last. Nobody writes anything before it passed. */
  readonly types: () => Promise<TypeCheck>;
  /** Looks at the sources again and builds what changed; `program` and `types` are about that then. */
  readonly again: () => void;
  /** Script of a worker thread; it loads the program that `workerData.program` names. */
  readonly thread: string;
}

/** Everything a command takes from outside, so that a test can give it something else. */
export interface Surroundings {
  /** Root of the project. */
  readonly root: string;
  /** Folder that the program was called in, which paths on its command line start from. */
  readonly calledIn: string;
  readonly variables: Readonly<NodeJS.ProcessEnv>;
  readonly now: Date;
  /** The same moment as a day in UTC, which support dates are measured against. */
  readonly today: IsoDate;
  readonly input: Input;
  readonly output: Output;
  readonly errors: Output;
  /** Where the process hears of signals. */
  readonly signals: Pick<NodeJS.EventEmitter, "on" | "off">;
  readonly build: Build;
}

interface Terminal extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly hasColors?: () => boolean;
}

/** A stream as an {@link Output}: colour on a terminal alone, and never where `NO_COLOR` is set (no-color.org). */
export function terminalOutput(stream: Terminal, { NO_COLOR }: Readonly<NodeJS.ProcessEnv>): Output {
  const plain = NO_COLOR !== undefined && NO_COLOR !== "";
  return {
    write: (text) => {
      stream.write(text);
    },
    columns: stream.isTTY ? stream.columns : undefined,
    colour: !plain && stream.isTTY === true && (stream.hasColors?.() ?? false),
  };
}
