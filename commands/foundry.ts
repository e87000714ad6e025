import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { EnvironmentError } from "../modules/schema/problem";
import { commands } from "./commands";
import { examples } from "./program/command";
import { AlreadyReported, Refusal } from "./program/errors";
import { exitCodes } from "./program/exit-codes";
import { printLine } from "./program/print";
import { type Surroundings, terminalOutput } from "./program/surroundings";
import { systemFault } from "./program/system-error";

/** Runs the command line of the process, in the project's root. The time is read here and nowhere else. */
export async function start(started: Pick<Surroundings, "root" | "calledIn" | "build">): Promise<void> {
  const now = new Date();
  process.stdout.off("error", endWithReader).on("error", endWithReader);
  process.exitCode = await run(process.argv.slice(2), {
    ...started,
    variables: process.env,
    now,
    today: dayIn(process.env) ?? now.toISOString().slice(0, 10),
    input: process.stdin,
    output: terminalOutput(process.stdout, process.env),
    errors: terminalOutput(process.stderr, process.env),
    signals: process,
  });
}

/** The day that a review judges an earlier commit by, which is that commit's own. */
function dayIn({ FOUNDRY_TODAY: day = "" }: Readonly<NodeJS.ProcessEnv>): string | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined;
}

/** A reader such as `head` may have enough before the end. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit(exitCodes.done.code);
}

/** Runs a command line. Whatever goes wrong ends up here, as one sentence and an exit code. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const program = await foundry(argv, surroundings);
    await program.parseAsync([...argv], { from: "user" });
    return exitCodes.done.code;
  } catch (error) {
    return answer(error, argv, surroundings);
  }
}

/** The program, with those commands filled in that the command line names. */
async function foundry(argv: readonly string[], surroundings: Surroundings): Promise<Command> {
  const program = new Command("foundry")
    .description("EKS and the doors into it: four Terraform stacks from one typed environment file")
    .addOption(new Option("--debug", "on an unexpected error, print where it came from"))
    .version(version(surroundings), "-V, --version", "print the version of the project")
    .helpOption("-h, --help", "print this, or the help of a command")
    .helpCommand("help [command]", "print the help of a command");
  configure(program, surroundings);
  program.addHelpText("after", examples("foundry synth dev"));
  program.addHelpText("afterAll", endOfHelp);
  program.hook("preAction", async (_, command) => {
    const asks = commands.find(({ name }) => name === command.name())?.asksTypeScript === true;
    if (!asks) await typesHold(surroundings);
  });
  for (const { name, summary, load } of commands) {
    const command = program.command(name).description(summary).helpOption("-h, --help", "print this");
    command.configureOutput({
      outputError: (text, write) => write(`foundry ${name}: ${inOneSentence(text)} See foundry ${name} --help.\n`),
    });
    if (argv.includes(name)) (await load()).define(command, surroundings);
  }
  return program;
}

/** @throws AlreadyReported where TypeScript has something against the sources, which is then on standard error */
async function typesHold(surroundings: Surroundings): Promise<void> {
  const types = await surroundings.build.types();
  if (types.passed) return;
  const { printTypeErrors } = await import("./program/type-errors.js");
  printTypeErrors(surroundings, types);
  throw new AlreadyReported();
}

function version({ root }: Surroundings): string {
  const { version }: { readonly version?: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return version ?? "0.0.0";
}

/** Where commander writes; and it throws instead of ending the process. */
function configure(command: Command, { output, errors }: Surroundings): void {
  command.exitOverride().configureOutput({
    writeOut: output.write,
    writeErr: errors.write,
    getOutHelpWidth: () => output.columns ?? 100,
    getErrHelpWidth: () => errors.columns ?? 100,
    getOutHasColors: () => output.colour,
    getErrHasColors: () => errors.colour,
    outputError: (text, write) => write(`foundry: ${inOneSentence(text)} foundry --help lists what there is.\n`),
  });
}

/** Commander's own errors are two lines that begin with `error:`. */
function inOneSentence(text: string): string {
  const [what = "", guess = ""] = text.replace(/^error: /, "").split("\n");
  const meant = guess.replace(/^\(D(id you mean .*\?)\)$/, "; d$1");
  return `${what.replace(/\.$/, "")}${meant === "" ? "." : meant}`;
}

const endOfHelp = ["\nExit codes:", ...Object.values(exitCodes).map(({ code, means }) => `  ${code}  ${means}`)].join(
  "\n",
);

function answer(error: unknown, argv: readonly string[], { errors }: Surroundings): number {
  // Commander has written its own message already.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done.code : exitCodes.wrongCall.code;
  }
  if (error instanceof EnvironmentError) {
    printLine(errors, error.message);
    return exitCodes.failed.code;
  }
  const debug = argv.includes("--debug");
  if (error instanceof Refusal) {
    if (error.message !== "") printLine(errors, `foundry: ${error.message}.`);
    if (debug) printLine(errors, stacks(error));
    return error.exitCode;
  }
  const cause = error instanceof Error ? error : new Error(String(error));
  const fault = systemFault(cause);
  if (debug) printLine(errors, `foundry: ${stacks(cause)}`);
  else if (fault !== undefined) printLine(errors, `foundry: ${fault}.`);
  else
    printLine(errors, `foundry: unexpected error: ${firstLine(cause.message)}. Add --debug to see where it came from.`);
  return exitCodes.failed.code;
}

/** Where an error came from, and the one that it was made of. */
function stacks(error: Error): string {
  return error.cause instanceof Error
    ? `${error.stack}\nmade of: ${stacks(error.cause)}`
    : (error.stack ?? error.message);
}

const firstLine = (text: string) => text.split("\n")[0]?.replace(/\.$/, "") ?? "";
