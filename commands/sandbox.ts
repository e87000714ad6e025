import { type Define, examples } from "./program/command";

export const define: Define = (command, surroundings) => {
  command
    .argument("[arguments...]", "what the sandbox's own program takes; `foundry sandbox help` lists it")
    .helpOption(false)
    .allowUnknownOption()
    .addHelpText("after", examples("foundry sandbox up dev", "foundry sandbox down dev"))
    .action(async (args: readonly string[]) => {
      const { runSandbox, sandboxInstalled } = await import("./sandbox/run-sandbox.js");
      const help = args.length === 0 || args[0] === "--help" || args[0] === "-h";
      if (help) command.outputHelp();
      if (!help || sandboxInstalled(surroundings)) await runSandbox(surroundings, args);
    });
};
