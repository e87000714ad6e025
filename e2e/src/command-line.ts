import { checkName } from "@ingress-foundry/sandbox/names";
import { Argument, Command, type OutputConfiguration } from "commander";

/** Stands for the parts of the day. */
const today = "today";

/**
 * The parts of a run that a command line asks for; without a name all of them.
 *
 * @param ofToday what `today` stands for
 * @throws CommanderError after the help, or after it is written what is wrong
 */
export function chosenParts<Part extends string>(
  args: readonly string[],
  known: readonly Part[],
  ofToday: readonly Part[],
  output: OutputConfiguration = {},
): readonly Part[] {
  const program = new Command("npm run e2e --")
    .description("The life of an environment in sandboxes: apply, kill, recover, upgrade, drift, destroy")
    .exitOverride()
    .configureOutput({ ...output, outputError: (text, write) => write(`e2e: ${text.replace(/^error: /, "")}`) })
    .addArgument(
      new Argument(
        "[parts...]",
        `which of ${known.join(", ")}, or ${today} for some of them, which changes from day to day; without a name all run`,
      ),
    )
    .parse([...args], { from: "user" });
  for (const part of program.args) {
    try {
      checkName("part", part, [...known, today]);
    } catch (error) {
      program.error(error instanceof Error ? error.message : String(error));
    }
  }
  const wanted = program.args.flatMap((part): readonly string[] => (part === today ? ofToday : [part]));
  return wanted.length === 0 ? known : known.filter((part) => wanted.includes(part));
}
