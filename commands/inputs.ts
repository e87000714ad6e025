import { type Define, examples } from "./program/command";

export const define: Define = (command, surroundings) => {
  command
    .addHelpText(
      "after",
      [
        "\nFetches the default values and CustomResourceDefinitions of every chart that the project installs, each from",
        "its own address, into the folder that FOUNDRY_INPUTS names, otherwise into inputs/. npm run gen and the tests",
        "of charts and generated types read them there. Synthesizing needs none of them.",
        "Needs Helm for those definitions that a chart keeps among its templates.",
      ].join("\n"),
    )
    .addHelpText("after", examples("foundry inputs", "FOUNDRY_INPUTS=~/.cache/foundry foundry inputs"))
    .action(async () => {
      const { printInputs } = await import("./inputs/print-inputs.js");
      await printInputs(surroundings);
    });
};
