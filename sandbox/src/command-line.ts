import { Command, CommanderError, type OutputConfiguration } from "commander";
import { checkName, UnknownName } from "./names";

export interface UpCall {
  readonly environment: string;
  readonly name: string;
  /** Leave the sandbox running when an apply fails. */
  readonly keep: boolean;
  /** Root of another checkout of the project, to apply that one's stacks. */
  readonly project: string | undefined;
  /** Run the pods, and let load balancers forward to them. */
  readonly traffic: boolean;
}

export interface DestroyCall {
  readonly environment: string;
  readonly name: string;
  /** Their ids. Empty: all. */
  readonly stacks: readonly string[];
}

/** What the commands do, each with whether it succeeded. Undefined as a name means all. */
export interface Actions {
  up(call: UpCall): Promise<boolean>;
  destroy(call: DestroyCall): Promise<boolean>;
  status(name: string | undefined): Promise<boolean>;
  /** Makes requests at the doors of a sandbox whose pods run; `route` is a part of their names. */
  tryDoors(name: string | undefined, route: string | undefined): Promise<boolean>;
  /** A shell where a client of the doors is. */
  shell(name: string | undefined, command: readonly string[]): Promise<boolean>;
  down(name: string | undefined): Promise<boolean>;
}

/** What names are held against before anything is done. */
export interface Known {
  /** The environments of a project; undefined is this one. */
  environments(project: string | undefined): readonly string[];
  /** Sandboxes that run, or that a crash left. */
  sandboxes(): readonly string[];
}

export const exitCodes = { done: 0, failed: 1, wrongCall: 2 } as const;

/**
 * Runs a command line.
 *
 * @param load gives what does the work, and is not called where there is none to do
 * @returns the exit code
 * @throws Error of what a command did
 */
export async function runCommandLine(
  args: readonly string[],
  load: () => Promise<Actions>,
  known: Known,
  output: OutputConfiguration = {},
): Promise<number> {
  let success = true;
  const program = sandboxProgram(known, output, async (action) => {
    success = await action(await load());
  });
  if (args.length === 0) {
    program.outputHelp();
    return exitCodes.done;
  }
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    // Commander has written its own message already.
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongCall;
    }
    throw error;
  }
  return success ? exitCodes.done : exitCodes.failed;
}

type Run = (action: (actions: Actions) => Promise<boolean>) => Promise<void>;

interface Named {
  readonly name?: string;
}

function sandboxProgram(known: Known, output: OutputConfiguration, run: Run): Command {
  const program = new Command("npm run sandbox --")
    .description("AWS and Kubernetes on this machine, and the stacks of an environment applied to them")
    .exitOverride()
    // What comes after a command of `shell` is that command's own.
    .enablePositionalOptions()
    .configureOutput({ ...output, outputError: (text, write) => write(`sandbox: ${inOneLine(text)}\n`) })
    .showHelpAfterError("npm run sandbox -- --help lists what there is.")
    .addHelpText("after", variablesHelp);
  const name = ["--name <name>", "a sandbox of another name than its environment, to run two of one"] as const;

  const which = ["--name <name>", "which sandbox, where more than one is up with --traffic"] as const;

  /** @throws CommanderError where there is no such thing, after it is written what there is */
  function check(what: string, asked: string, names: readonly string[]): void {
    try {
      checkName(what, asked, names);
    } catch (error) {
      throw error instanceof UnknownName ? program.error(error.message) : error;
    }
  }
  function checkSandbox(asked: string | undefined): void {
    const sandboxes = known.sandboxes();
    if (asked !== undefined && !sandboxes.includes(asked) && !known.environments(undefined).includes(asked)) {
      check("sandbox", asked, sandboxes);
    }
  }

  program
    .command("up <environment>")
    .description("start AWS and Kubernetes on this machine, and apply the four stacks")
    .option(...name)
    .option("--keep", "leave the sandbox running when an apply fails", false)
    .option("--project <folder>", "apply the stacks of another checkout of the project")
    .option("--traffic", "run pods and doors for real; needs Linux and root", false)
    .action(
      async (
        environment: string,
        options: Named & { readonly keep: boolean; readonly project?: string; readonly traffic: boolean },
      ): Promise<void> => {
        check("environment", environment, known.environments(options.project));
        const { keep, project, traffic } = options;
        await run((actions) => actions.up({ environment, name: options.name ?? environment, keep, project, traffic }));
      },
    );
  program
    .command("status [environment]")
    .description("what runs, what is applied, what is real")
    .option(...name)
    .action(async (environment: string | undefined, options: Named): Promise<void> => {
      const asked = options.name ?? environment;
      checkSandbox(asked);
      await run((actions) => actions.status(asked));
    });
  program
    .command("try [route]")
    .description("make requests at the doors of a sandbox that is up with --traffic, and say what came of each")
    .option(...which)
    .action(async (route: string | undefined, { name: asked }: Named): Promise<void> => {
      checkSandbox(asked);
      await run((actions) => actions.tryDoors(asked, route));
    });
  program
    .command("shell [command...]")
    .description("a shell, or a command, outside the VPC of a sandbox that is up with --traffic")
    .option(...which)
    .passThroughOptions()
    .action(async (command: readonly string[], { name: asked }: Named): Promise<void> => {
      checkSandbox(asked);
      await run((actions) => actions.shell(asked, command));
    });
  program
    .command("destroy <environment> [stacks...]")
    .description("destroy the stacks in reverse, or only some")
    .option(...name)
    .action(async (environment: string, stacks: readonly string[], options: Named): Promise<void> => {
      const asked = options.name ?? environment;
      checkSandbox(asked);
      const ids = stacks.map((stack) => stackId(environment, stack));
      await run((actions) => actions.destroy({ environment, name: asked, stacks: ids }));
    });
  program
    .command("down [environment]")
    .description("end a sandbox, or what a crash left of it, and remove what it made")
    .option(...name)
    .option("--all", "every sandbox of this user", false)
    .action(async (environment: string | undefined, options: Named & { readonly all: boolean }): Promise<void> => {
      const asked = options.name ?? environment;
      const sandboxes = known.sandboxes();
      if (asked !== undefined && options.all) program.error(`--all is every sandbox, and ${asked} is one of them.`);
      if (asked === undefined && !options.all && sandboxes.length > 0) {
        program.error(`say which sandbox ends, or --all. There is ${sandboxes.join(", ")}.`);
      }
      checkSandbox(asked);
      await run((actions) => actions.down(asked));
    });
  return program;
}

const variablesHelp = `
Variables:
  SANDBOX_CHARTS=<folder>       packaged charts; otherwise their own addresses, otherwise stand-ins
  SANDBOX_CONTROLLERS=<folder>  the controllers' own programs, to run instead of nothing
  SANDBOX_CALLER=<address>      who applies: an address, sg-..., pl-... or inside; by default one that is let in
  SANDBOX_IMAGES=none           nobody pushes the environment's images
  SANDBOX_PRINCIPALS=none       nobody made the principals of the access entries`;

/** Commander's own errors are two lines that begin with `error:`. */
function inOneLine(text: string): string {
  return text
    .replace(/^error: /, "")
    .trimEnd()
    .replace(/\.?\n\((Did you mean .*\?)\)$/, ". $1");
}

/** A stack may be called by its whole id, or without the environment's name. */
function stackId(environment: string, stack: string): string {
  return stack.startsWith(`${environment}-`) ? stack : `${environment}-${stack}`;
}
