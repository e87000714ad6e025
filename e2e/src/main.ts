import { exitCodes } from "@ingress-foundry/sandbox/command-line";
import { CommanderError } from "commander";
import { chosenParts } from "./command-line";
import { parts, partsOf } from "./parts";

async function main(): Promise<number> {
  const chosen = chosenParts(process.argv.slice(2), parts, partsOf(new Date()));
  // What does the work takes a moment to load, which nobody should wait for to read that a name is wrong.
  const { run } = await import("./run.js");
  return (await run(chosen)) ? exitCodes.done : exitCodes.failed;
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    if (error instanceof CommanderError) {
      // It has written its own message already.
      process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.wrongCall;
      return;
    }
    console.error(error);
    process.exitCode = exitCodes.failed;
  },
);
