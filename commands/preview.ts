import { type Define, examples } from "./program/command";
import { chosenEnvironments } from "./program/environment-names";

export const define: Define = (command, surroundings) => {
  command
    .argument("<environments...>", "names of environments")
    .addHelpText(
      "after",
      [
        "\nNeeds Terraform 1.10 or newer (or OpenTofu, by TERRAFORM_BINARY_NAME=tofu), its provider plugins, and AWS",
        "credentials that may read. It takes no lock, changes nothing and leaves nothing behind.",
      ].join("\n"),
    )
    .addHelpText("after", examples("foundry preview dev"))
    .action(async (asked: readonly string[]) => {
      const names = chosenEnvironments(surroundings.root, asked);
      const { preview } = await import("./preview/preview.js");
      const { writeStacks } = await import("./synth/synthesize.js");
      await preview(surroundings, names, writeStacks);
    });
};
