import { type Define, examples } from "./program/command";
import { chosenEnvironments } from "./program/environment-names";
import { WrongCall } from "./program/errors";

export const define: Define = (command, surroundings) => {
  command
    .argument("[environments...]", "names of environments, or patterns such as eu-*; default: all")
    .option("--check", "compare what both make; the project stays as it is")
    .addHelpText(
      "after",
      [
        "\nInstalls cdktn, the fork of cdktf that is maintained, into a folder that goes again, makes the stacks with it in",
        "the place of cdktf, and compares them with those of cdktf. Provider bindings stay. Needs npm.",
      ].join("\n"),
    )
    .addHelpText("after", examples("foundry to-cdktn --check", "foundry to-cdktn --check dev"))
    .action(async (names: readonly string[], { check }: { readonly check?: boolean }) => {
      if (check !== true) {
        throw new WrongCall("the one thing that it does is --check; docs/exit.md has the steps of the move itself");
      }
      const { checkAgainstCdktn } = await import("./to-cdktn/check.js");
      await checkAgainstCdktn(surroundings, chosenEnvironments(surroundings.root, names));
    });
};
