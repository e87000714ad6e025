import { EventEmitter } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Readable } from "node:stream";
import { run } from "../../commands/foundry";
import type { Output, Surroundings, TypeCheck } from "../../commands/program/surroundings";
import type { EnvironmentInput } from "../../platform/environment";

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly variables?: NodeJS.ProcessEnv;
  /** What is typed; the input ends after it. Default: nothing. */
  readonly typed?: string;
  /** Standard output and error are terminals that can show colours. Default: false. */
  readonly colour?: boolean;
  /** Default: a day on which everything is supported. */
  readonly now?: Date;
  /** Default: TypeScript has nothing against the sources. */
  readonly types?: TypeCheck;
  /** Standard input is a terminal. Default: false. */
  readonly terminal?: boolean;
  /** Where signals come from. Default: nowhere. */
  readonly signals?: EventEmitter;
}

/** A project in a temporary folder, with environments of a test's own and stand-ins for other programs. */
export class TestProject {
  readonly root = mkdtempSync(join(tmpdir(), "project-"));
  private readonly programs = join(this.root, "programs");
  private readonly record = join(this.root, "calls");

  constructor(environments: readonly EnvironmentInput[] = []) {
    for (const folder of ["environments", "dist/environments", "programs"]) {
      mkdirSync(join(this.root, folder), { recursive: true });
    }
    writeFileSync(join(this.root, "package.json"), JSON.stringify({ version: "1.2.3" }));
    for (const environment of environments) {
      writeFileSync(join(this.root, "environments", `${environment.name}.ts`), "");
      this.compiled(environment.name, `exports.default = ${JSON.stringify(environment)};`);
    }
  }

  /** Writes what an environment's file is compiled to. */
  compiled(name: string, code: string): void {
    writeFileSync(join(this.root, "dist", "environments", `${name}.js`), code);
  }

  /** Puts a program on the PATH that records how it is called and then runs a shell script. */
  standIn(name: string, script = ""): void {
    const file = join(this.programs, name);
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> '${this.record}'\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** How the stand-ins were called, one line a call. */
  get calls(): readonly string[] {
    return existsSync(this.record) ? readFileSync(this.record, "utf8").trimEnd().split("\n") : [];
  }

  /** What a command takes from outside; what it prints is thrown away. */
  surroundings(options: RunOptions = {}): Surroundings {
    const { typed = "", colour = false, now = new Date("2026-11-21T12:00:00Z"), variables } = options;
    const { types = { passed: true, output: "" }, terminal = false, signals = new EventEmitter() } = options;
    const nowhere: Output = { write: () => undefined, columns: undefined, colour };
    return {
      root: this.root,
      calledIn: this.root,
      variables: { PATH: [this.programs, "/usr/bin", "/bin"].join(delimiter), HOME: this.root, ...variables },
      now,
      today: now.toISOString().slice(0, 10),
      input: Object.assign(Readable.from(typed === "" ? [] : [typed]), { isTTY: terminal }),
      signals,
      output: nowhere,
      errors: nowhere,
      build: {
        program: async () => join(this.root, "dist", "foundry.js"),
        types: async () => types,
        again: () => undefined,
        thread: join(this.root, "no-thread.js"),
      },
    };
  }

  /** Runs `foundry` with some arguments. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const surroundings = this.surroundings(options);
    const printed = { stdout: "", stderr: "" };
    const output = (name: keyof typeof printed): Output => ({
      ...surroundings.output,
      write: (text) => {
        printed[name] += text;
      },
    });
    const code = await run(args, { ...surroundings, output: output("stdout"), errors: output("stderr") });
    return { code, ...printed };
  }
}
