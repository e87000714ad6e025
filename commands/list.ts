import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";

export const define: Define = (command, surroundings) => {
  command
    .argument("[environments...]", "names of environments; default: all")
    .option("--json", "print JSON, the stacks of each environment in the order they are applied")
    .addHelpText("after", examples("foundry list", "foundry list --json | jq -r '.[].stacks[]'"))
    .action(async (asked: readonly string[], { json }: { readonly json?: boolean }) => {
      const names = knownEnvironments(surroundings.root, asked);
      const { printList } = await import("./list/print-list.js");
      printList(surroundings, names, json === true);
    });
};
