import { type Define, examples } from "./program/command";
import { chosenEnvironments, chosenSince } from "./program/environment-names";

interface Options {
  readonly json?: boolean;
  readonly changedSince?: string;
}

export const define: Define = (command, surroundings) => {
  command
    .argument("[environments...]", "names of environments, or patterns such as eu-*; default: all")
    .option("--changed-since <ref>", "only environments that differ from a commit, with what is not committed yet")
    .option("--json", "print JSON, the stacks of each environment in the order they are applied")
    .addHelpText(
      "after",
      examples("foundry list", "foundry list --json | jq -r '.[].stacks[]'", "foundry list --changed-since main"),
    )
    .action(async (asked: readonly string[], { json, changedSince }: Options) => {
      const chosen = asked.length === 0 ? undefined : chosenEnvironments(surroundings.root, asked);
      const names = await chosenSince(surroundings, chosen, changedSince);
      const { printList } = await import("./list/print-list.js");
      printList(surroundings, names, json === true);
    });
};
