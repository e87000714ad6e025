import { type Define, examples } from "./program/command";

export const define: Define = (command, surroundings) => {
  command
    .argument("[path]", "an option, such as network.nat or workloads.routes.alb; default: the parts of an environment")
    .option("--json", "print it as JSON Schema, for editors and other tools")
    .addHelpText(
      "after",
      examples(
        "foundry options network.nat",
        "foundry options 'workloads.shop.routes[0].dns'",
        "foundry options --json",
      ),
    )
    .action(async (path: string | undefined, { json }: { readonly json?: boolean }) => {
      const { printOptions } = await import("./options/print-options.js");
      printOptions(surroundings, path, json === true);
    });
};
