import { type Define, examples } from "./program/command";
import { chosenEnvironments } from "./program/environment-names";

export const define: Define = (command, surroundings) => {
  command
    .argument("[environments...]", "names of environments; default: all")
    .option("--json", "print JSON instead of TypeScript")
    .addHelpText("after", examples("foundry config dev", "foundry config dev --json | jq .dev.cluster.version"))
    .action(async (asked: readonly string[], { json }: { readonly json?: boolean }) => {
      const names = chosenEnvironments(surroundings.root, asked);
      const { printConfiguration } = await import("./config/print-configuration.js");
      printConfiguration(surroundings, names, json === true);
    });
};
