import { checkName } from "@ingress-foundry/sandbox/names";
import { Argument, Command, type OutputConfiguration } from "commander";

/**
 * The parts of a run that a command line asks for; without a name all of them.
 *
 * @throws CommanderError after the help, or after it is written what is wrong
 */
export function chosenParts<Part extends string>(
  args: readonly string[],
  known: readonly Part[],
  output: OutputConfiguration = {},
): readonly Part[] {
  const program = new Command("npm run e2e --")
    .description("The life of an environment in sandboxes: apply, kill, recover, upgrade, drift, destroy")
    .exitOverride()
    .configureOutput({ ...output, outputError: (text, write) => write(`e2e: ${text.replace(/^error: /, "")}`) })
    .addArgument(new Argument("[parts...]", `which of ${known.join(", ")}; without a name all of them run`))
    .parse([...args], { from: "user" });
  for (const part of program.args) {
    try {
      checkName("part", part, known);
    } catch (error) {
      program.error(error instanceof Error ? error.message : String(error));
    }
  }
  return program.args.length === 0 ? known : known.filter((part) => program.args.includes(part));
}
