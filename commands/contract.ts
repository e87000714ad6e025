import { Option } from "commander";
import { type Define, examples } from "./program/command";

interface Options {
  readonly as: "text" | "mermaid";
  readonly json?: boolean;
}

export const define: Define = (command, surroundings) => {
  command
    .addOption(new Option("--as <form>", "how to show it").choices(["text", "mermaid"]).default("text"))
    .addOption(new Option("--json", "print JSON").conflicts("as"))
    .addHelpText(
      "after",
      "\nWhich stack publishes which outputs, of which kind, and which stacks read them, in every environment alike.",
    )
    .addHelpText("after", examples("foundry contract", "foundry contract --as mermaid > contract.mmd"))
    .action(async ({ as, json }: Options) => {
      const { printContract } = await import("./contract/print-contract.js");
      printContract(surroundings.output, json === true ? "json" : as);
    });
};
